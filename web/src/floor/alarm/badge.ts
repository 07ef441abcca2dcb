// The icon of the tab: the mark of the program, with how many ring over it.

import mark from '../../design/mark.svg';

const SIZE = 64;

export function badge(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  link.href = count > 0 ? drawn(count) : mark;
}

function drawn(count: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d');
  if (!pen) return mark;
  pen.fillStyle = '#c4121f';
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, SIZE / 2, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = '#ffffff';
  pen.font = `bold ${count > 9 ? 34 : 42}px sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(count > 99 ? '99' : String(count), SIZE / 2, SIZE / 2 + 3);
  return canvas.toDataURL('image/png');
}
