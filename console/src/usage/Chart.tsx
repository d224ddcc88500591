import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { day } from '../lib/time';

interface ChartProps {
  readonly title: string;
  readonly points: readonly { readonly value: number; readonly date: string }[];
  /** A line of totals, rather than bars of what happened. */
  readonly isTotal: boolean;
}

const HEIGHT = 220;

/** Steps of the scale: what is counted is whole. */
const STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** A colour of the theme, as it is for this element now: a canvas knows no variables. */
function colourOf(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function optionsFor(element: HTMLElement, { title, isTotal }: ChartProps): UPlot.Options {
  const [line, muted, grid] = ['--accent', '--muted', '--line'].map((name) => colourOf(element, name));
  const font = '11px system-ui, sans-serif';
  const axis = { stroke: muted ?? '', font, grid: { stroke: grid ?? '', width: 1 }, ticks: { show: false } };
  const bars = UPlot.paths.bars?.({ size: [0.7, 40], radius: 0.15 });
  return {
    width: element.clientWidth,
    height: HEIGHT,
    cursor: { y: false, points: { show: isTotal } },
    legend: { live: true },
    scales: {
      x: { range: (_, min, max) => [min - (max - min) / 60, max + (max - min) / 60] },
      y: {
        range: (_, min, max) =>
          isTotal ? [Math.max(0, min - 1), max + 1] : [Math.min(0, min), Math.max(1, max * 1.1)],
      },
    },
    axes: [
      { ...axis, grid: { show: false } },
      { ...axis, size: 48, incrs: STEPS },
    ],
    series: [
      {},
      {
        label: title,
        stroke: line ?? '',
        width: 2,
        points: { show: false },
        ...(isTotal ? {} : { fill: line ?? '', ...(bars === undefined ? {} : { paths: bars }) }),
      },
    ],
  };
}

/** A chart of one series; read by eyes as a picture, by screen readers as a sentence. */
export function Chart(props: ChartProps) {
  const { title, points } = props;
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the points are what it follows.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const { points: shown } = latest.current;
    const data: UPlot.AlignedData = [
      shown.map(({ date }) => Date.parse(date) / 1000),
      shown.map(({ value }) => value),
    ];
    let chart = new UPlot(optionsFor(element, latest.current), data, element);
    const draw = () => {
      chart.destroy();
      chart = new UPlot(optionsFor(element, latest.current), data, element);
    };
    const resized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    const themed = new MutationObserver(draw);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      themed.disconnect();
      scheme.removeEventListener('change', draw);
      chart.destroy();
    };
  }, [points]);
  const [first, last] = [points[0], points.at(-1)];
  const highest = Math.max(0, ...points.map(({ value }) => value));
  const words =
    first && last
      ? `${title} from ${day(first.date)} to ${day(last.date)}: at most ${highest} in a step.`
      : title;
  return <div className="chart" ref={place} role="img" aria-label={words} />;
}
