/** Icons of the support desk alone; see icons.tsx for where the shapes come from. */
import { icon } from './icons-first';

export const AlarmIcon = /* @__PURE__ */ icon('M4 13a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M12 9v4l2 2M5 3 2 6M22 6l-3-3M6.38 18.7 4 21M17.64 18.67 20 21');
export const ChevronsUpIcon = /* @__PURE__ */ icon('m17 11-5-5-5 5M17 18l-5-5-5 5');
export const CommandIcon = /* @__PURE__ */ icon('M15 6v12a3 3 0 1 0 3-3H6a3 3 0 1 0 3 3V6a3 3 0 1 0-3 3h12a3 3 0 1 0-3-3');
export const EyeIcon = /* @__PURE__ */ icon('M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0');
export const FilterIcon = /* @__PURE__ */ icon('M3 6h18M7 12h10M10 18h4');
export const LockIcon = /* @__PURE__ */ icon('M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2zM7 11V7a5 5 0 0 1 10 0v4');
export const MailIcon = /* @__PURE__ */ icon('M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2zM22 7l-8.991 5.727a2 2 0 0 1-2.009 0L2 7');
export const TagIcon = /* @__PURE__ */ icon('M12.586 2.586A2 2 0 0 0 11.172 2H4a2 2 0 0 0-2 2v7.172a2 2 0 0 0 .586 1.414l8.704 8.704a2.426 2.426 0 0 0 3.42 0l6.58-6.58a2.426 2.426 0 0 0 0-3.42zM7.5 7.5h.01');
export const TransferIcon = /* @__PURE__ */ icon('m16 3 4 4-4 4M20 7H4M8 21l-4-4 4-4M4 17h16');
export const UserCheckIcon = /* @__PURE__ */ icon('m16 11 2 2 4-4M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0');
export const UserPlusIcon = /* @__PURE__ */ icon('M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M19 8v6M22 11h-6');
