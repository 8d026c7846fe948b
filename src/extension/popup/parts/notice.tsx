import { InfoIcon } from './icons.tsx';

/** Something worth knowing that is nobody's fault. */
export const Notice = ({ title, text }: { title?: string; text: string }) => (
  <div class="notice" role="status">
    <InfoIcon />
    <p>
      {title !== undefined && <strong>{title} </strong>}
      {text}
    </p>
  </div>
);
