import type { ComponentChildren } from 'preact';
import { message, type TextKey } from '../../../messages/texts/text.ts';

/** A list of sessions under the heading that names it. Only `acting` ones are drawn as such. */
export const SessionList = ({
  id,
  title,
  isActing = false,
  children,
}: {
  id: string;
  title: TextKey;
  isActing?: boolean;
  children: ComponentChildren;
}) => (
  <section class={isActing ? 'sessions acting' : 'sessions'}>
    <h2 id={id} class="list-title">
      {message(title)}
    </h2>
    <ul aria-labelledby={id}>{children}</ul>
  </section>
);
