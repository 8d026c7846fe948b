import type { ComponentChildren } from 'preact';
import { InfoIcon } from './icons.tsx';

/** Something worth knowing that is nobody's fault, and what can be done about it. */
export const Notice = ({
  title,
  text,
  children,
}: {
  title?: string;
  text: string;
  children?: ComponentChildren;
}) => (
  <div class="notice" role="status">
    <InfoIcon />
    <div class="notice-text">
      <p>
        {title !== undefined && <strong>{title} </strong>}
        {text}
      </p>
      {children}
    </div>
  </div>
);
