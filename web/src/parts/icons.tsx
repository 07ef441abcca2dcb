// Small signs, drawn here. Each is decoration beside a word, never alone, and hidden from assistive technology. Those that
// point somewhere are turned round by the style sheet in right-to-left languages (`icon--points`).

import type { ReactNode } from 'react';

interface Drawn {
  readonly children: ReactNode;
  readonly points?: boolean;
}

function Icon({ children, points = false }: Drawn) {
  return (
    <svg
      className={points ? 'icon icon--points' : 'icon'}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const Check = () => (
  <Icon>
    <path d="M3 8.5 6.5 12 13 4.5" />
  </Icon>
);
export const Question = () => (
  <Icon>
    <path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8" />
    <path d="M8 12.6v.1" />
  </Icon>
);
export const Warning = () => (
  <Icon>
    <path d="M8 2.5 14.5 13.5h-13z" />
    <path d="M8 6.5v3.2M8 11.7v.1" />
  </Icon>
);
export const Broken = () => (
  <Icon>
    <path d="M2 8h4l1.5-3M14 8h-4l-1.5 3" />
    <path d="M8 2v1.4M8 12.6V14" />
  </Icon>
);
export const Hand = () => (
  <Icon>
    <path d="M5 1.8h6L14.2 5v6L11 14.2H5L1.8 11V5z" />
    <path d="M4.6 8h6.8" strokeWidth="2.2" />
  </Icon>
);
export const Handset = () => (
  <Icon>
    <path d="M3.2 2.4 5.6 2l1.3 3.2-1.5 1.2a8 8 0 0 0 4.2 4.2l1.2-1.5L14 10.4l-.4 2.4c-.1.7-.7 1.2-1.4 1.2A10.2 10.2 0 0 1 2 3.8c0-.7.5-1.3 1.2-1.4z" />
  </Icon>
);
export const Sliders = () => (
  <Icon>
    <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6" />
    <circle cx="10" cy="4.5" r="1.8" />
    <circle cx="6" cy="11.5" r="1.8" />
  </Icon>
);
export const Person = () => (
  <Icon>
    <circle cx="8" cy="5.2" r="2.7" />
    <path d="M2.8 14c.6-2.9 2.6-4.4 5.2-4.4s4.6 1.5 5.2 4.4" />
  </Icon>
);
export const Bell = () => (
  <Icon>
    <path d="M3.5 11.5c1-1 1.2-2.2 1.2-4a3.3 3.3 0 0 1 6.6 0c0 1.8.2 3 1.2 4z" />
    <path d="M6.8 13.8h2.4" />
  </Icon>
);
export const Clock = () => (
  <Icon>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 4.5V8l2.4 1.6" />
  </Icon>
);
export const Onward = () => (
  <Icon points>
    <path d="M6 3.5 10.5 8 6 12.5" />
  </Icon>
);
export const Seal = () => (
  <Icon>
    <circle cx="8" cy="6.5" r="4" />
    <path d="M5.6 9.8 4.5 14.2 8 12.6l3.5 1.6-1.1-4.4" />
  </Icon>
);

/** One to three chevrons: how urgent, without colour. */
export function Chevrons({ count }: { readonly count: number }) {
  return (
    <Icon>
      {Array.from({ length: count }, (_, at) => 11.5 + 2 * (count - 1) - 4 * at).map((y) => (
        <path key={y} d={`M4 ${y} 8 ${y - 3.4} 12 ${y}`} strokeWidth="2" />
      ))}
    </Icon>
  );
}

const DESK_SIGNS = {
  search: <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4 14 14" />,
  line: <path d="M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2z" />,
  'de-escalation': <path d="M8 2 3 4v4c0 3 2.2 4.9 5 6 2.8-1.1 5-3 5-6V4z" />,
  disputes: <path d="M8 2.5v11M4.5 13.5h7M3 5.5 8 4l5 1.5M1.5 9.5 3 5.5l1.5 4zM11.5 9.5 13 5.5l1.5 4z" />,
  undertakings: <path d="M3.5 2.5h9v11h-9zM6 6h4M6 8.5h4M6 11h2.5" />,
  intelligence: <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 6.2v3.6M6.2 8h3.6" />,
  talks: <path d="M2 7h12M3.5 7v5.5M12.5 7v5.5M5.5 7V4.2M10.5 7V4.2" />,
  commerce: <path d="M2 5h12v8H2zM5.5 5V2.8h5V5M2 8.5h12" />,
  watch: <path d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.6V8l2.4 1.6" />,
  drills: <path d="M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 8h.01" />,
  supervision: <path d="M2.5 13.5v-4M6.2 13.5V5M9.8 13.5V8M13.5 13.5v-11" />,
  record: <path d="M8 2v4M4 10V8h8v2M2 10h4v4H2zM10 10h4v4h-4zM6 2h4" />,
} as const;

/** A desk's sign; one that has none of its own is a sheet. */
export function DeskSign({ desk }: { readonly desk: string }) {
  return (
    <Icon>
      {desk in DESK_SIGNS ? DESK_SIGNS[desk as keyof typeof DESK_SIGNS] : <path d="M4 2.5h8v11H4zM6 6h4M6 8.5h4" />}
    </Icon>
  );
}
