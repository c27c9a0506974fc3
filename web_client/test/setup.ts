import { configure } from '@testing-library/preact';

// However busy the machine is, what is waited for comes; a limit is there for what never would.
configure({ asyncUtilTimeout: 30_000 });
