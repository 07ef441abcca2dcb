// A QR code, dark on light whatever the theme, with the quiet zone of four modules that the standard asks for.

import { useLingui } from '@lingui/react/macro';

const QUIET = 4;

export function QrCode({ rows }: { readonly rows: readonly string[] }) {
  const { t } = useLingui();
  const size = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    [...row].flatMap((module, x) => (module === '1' ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t`The link as a QR code`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={dark.join('')} fill="#000000" />
    </svg>
  );
}
