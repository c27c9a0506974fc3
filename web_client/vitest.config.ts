import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    environment: 'happy-dom',
    setupFiles: ['test/setup.ts'],
    // Longer than anything that is waited for.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['{src,loader,demo,test}/**/*.test.{ts,tsx}'],
    // A test reads the colours themselves.
    css: { include: [/tokens\.css/] },
    restoreMocks: true,
    unstubGlobals: true,
    passWithNoTests: true,
    // A page from the outside is never fetched in a unit test.
    environmentOptions: {
      happyDOM: {
        settings: {
          disableJavaScriptFileLoading: true,
          navigation: { disableChildFrameNavigation: true },
        },
      },
    },
  },
});
