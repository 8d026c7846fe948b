import { displayText } from '../../messages/texts/display-text.ts';

/** Shows a text that somebody else wrote, on one line, with a direction of its own; the whole of it is in the tooltip. */
export const IsolatedText = ({ text, class: className }: { text: string; class?: string }) => {
  const shown = displayText(text);
  return (
    <bdi dir="auto" title={shown} class={`isolated-text ${className ?? ''}`}>
      {shown}
    </bdi>
  );
};
