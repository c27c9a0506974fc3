/** One part of what is known of a customer, under its name. */
import type { ComponentChildren, JSX } from 'preact';

export function Block({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="context-block">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
