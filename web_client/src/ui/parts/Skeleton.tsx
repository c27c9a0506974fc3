/** The shape of what is coming, in its true size, so that nothing jumps when it is there. */
import type { JSX } from 'preact';
import './skeleton.css';

export interface SkeletonProps {
  /** CSS lengths. */
  width?: string;
  height?: string;
  round?: boolean;
}

export function Skeleton({ width = '100%', height = '12px', round = false }: SkeletonProps): JSX.Element {
  return <span class={`skeleton${round ? ' skeleton-round' : ''}`} style={{ inlineSize: width, blockSize: height }} />;
}

export interface SkeletonRowsProps {
  rows?: number;
  /** Said once to those who do not see the shapes. */
  label: string;
}

/** Rows of a list: a circle and two lines each. */
export function SkeletonRows({ rows = 6, label }: SkeletonRowsProps): JSX.Element {
  return (
    <div class="skeleton-rows" role="status">
      <span class="unseen">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div class="skeleton-row" key={index} aria-hidden="true">
          <Skeleton width="36px" height="36px" round />
          <div class="skeleton-lines">
            <Skeleton width={`${String(38 + ((index * 17) % 30))}%`} />
            <Skeleton width={`${String(64 + ((index * 23) % 28))}%`} height="10px" />
          </div>
        </div>
      ))}
    </div>
  );
}
