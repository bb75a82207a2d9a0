import { type Line, share } from './document.ts';

const WIDTH = 720;
const LEFT = 190;
const ROW = 24;
const MOST = 2;

/** A bar for each measured row: its share of what it may come to, with a line where that is. */
export function plot(lines: readonly Line[]): string {
  const scale = (WIDTH - LEFT - 60) / MOST;
  const bars = lines.flatMap(({ row, outcome }, index) => {
    if (outcome.kind === 'absent') return [];
    const part = Math.max(0, share(row, outcome));
    const top = 30 + index * ROW;
    const length = Math.min(part, MOST) * scale;
    const fill = part <= 1 ? '#2f7d4f' : '#b3402e';
    return [
      `<text x="${LEFT - 8}" y="${top + 12}" text-anchor="end">${row.id}</text>`,
      `<rect x="${LEFT}" y="${top}" width="${length.toFixed(1)}" height="16" fill="${fill}"/>`,
      `<text x="${(LEFT + length + 6).toFixed(1)}" y="${top + 12}">${Math.round(part * 100)} %</text>`,
    ];
  });
  const height = 40 + lines.length * ROW;
  const limit = LEFT + scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#444">
<title>Each row's share of what it may come to</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="${limit}" y="16" text-anchor="middle">the most that it may be</text>
<path d="M${limit} 22V${height - 8}" stroke="#888" stroke-dasharray="4 3"/>
${bars.join('\n')}
</svg>
`;
}
