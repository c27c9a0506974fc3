import { icon } from '../ui/parts/icons-first';

/** Lucide's, as all others (see docs/licences.md). It is here and not in ui/parts/icons, of which nothing comes first. */
export const CameraIcon = /* @__PURE__ */ icon('M13.997 4a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 1.759-1.048l.489-.904A2 2 0 0 1 10.004 4zM15 13a3 3 0 1 1-6 0 3 3 0 0 1 6 0');
