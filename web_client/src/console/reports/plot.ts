/** What uPlot is told: axes, colours and directions. How data become a picture is its own business. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  label: string;
  /** The custom property of its colour. */
  colour: string;
  /** Broken lines show what lies below them. */
  look: 'bars' | 'line' | 'dashes';
  /** A gap where there is nothing to say. */
  values: readonly (number | null)[];
}

export interface PlotOptions {
  host: HTMLElement;
  series: readonly Series[];
  /** What stands below a place on the x axis. */
  nameOf: (index: number) => string;
  /** What stands beside a height. */
  tell: (value: number) => string;
  /** Steps that the y axis may have. */
  steps: number[];
  onPoint: (index: number | null) => void;
}

const HEIGHT = 220;
const DAY_STEPS = [1, 2, 7, 14, 28, 56, 112];

/** A custom property as the colour that it comes to: canvases know no `var()` and no `light-dark()`. */
export function colourOf(host: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Shows it in its host, as wide as that is, until what is given back is called. */
export function show(options: PlotOptions): () => void {
  const { host } = options;
  const plot = draw(options);
  const watch = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== plot.width) plot.setSize({ width: host.clientWidth, height: HEIGHT });
  });
  watch.observe(host);
  return () => {
    watch.disconnect();
    plot.destroy();
  };
}

function draw({ host, series, nameOf, tell, steps, onPoint }: PlotOptions): uPlot {
  const isRtl = getComputedStyle(host).direction === 'rtl';
  const { fontFamily } = getComputedStyle(host);
  const font = `12px ${fontFamily}`;
  const ink = colourOf(host, '--ink-3');
  const line = colourOf(host, '--line');
  const count = series[0]?.values.length ?? 0;
  const ticks = { stroke: line, width: 1, size: 4 };
  const heights: uPlot.Axis = {
    stroke: ink,
    font,
    ticks: { show: false },
    grid: { stroke: line, width: 1 },
    incrs: steps,
    space: 36,
    size: (plot, values) => widest(plot, values, font),
    values: (_plot, values) => values.map((value) => (value === 0 ? '0' : tell(value))),
  };
  // Of its sides uPlot exports numbers without names: 1 is the right one.
  if (isRtl) Object.assign(heights, { side: 1 });
  return new uPlot(
    {
      width: host.clientWidth,
      height: HEIGHT,
      padding: [12, 12, 0, 12],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 }, y: false },
      scales: {
        x: { time: false, dir: isRtl ? -1 : 1, range: [-0.6, count - 0.4] },
        y: { range: (_plot, _low, high) => [0, Math.max(high, steps[0] ?? 1) * 1.08] },
      },
      axes: [
        {
          stroke: ink,
          font,
          ticks,
          grid: { show: false },
          incrs: DAY_STEPS,
          space: 64,
          size: 32,
          values: (_plot, places) => places.map((place) => (place < count ? nameOf(place) : '')),
        },
        heights,
      ],
      series: [{}, ...series.map((one) => ofSeries(one, colourOf(host, one.colour)))],
      hooks: { setCursor: [(plot) => { onPoint(plot.cursor.idx ?? null); }] },
    },
    [Array.from({ length: count }, (_, index) => index), ...series.map(({ values }) => [...values])],
    host,
  );
}

function ofSeries({ look }: Series, colour: string): uPlot.Series {
  if (look !== 'bars') {
    const points = { show: look === 'line', size: 5, fill: colour };
    return { stroke: colour, width: 2, points, spanGaps: false, ...(look === 'dashes' && { dash: [4, 6] }) };
  }
  const paths = uPlot.paths.bars?.({ size: [0.7, 32], radius: 0.15 });
  return { width: 0, fill: colour, points: { show: false }, ...(paths && { paths }) };
}

/** As wide as its widest word, so that none is cut in any language. */
function widest(plot: uPlot, values: string[] | null, font: string): number {
  plot.ctx.save();
  plot.ctx.font = font;
  const widths = (values ?? []).map((text) => plot.ctx.measureText(text).width);
  plot.ctx.restore();
  return Math.ceil(Math.max(16, ...widths)) + 14;
}
