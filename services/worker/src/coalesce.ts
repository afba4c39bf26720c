/**
 * Makes work that is asked for from several sides run one at a time: asked for while it runs, it runs once more afterwards. The
 * promise settles when no run is left; the error of a run goes to `onError`.
 */
export function coalesce(work: () => Promise<void>, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        onError(error);
      }
    } while (again);
    running = undefined;
  };
  return () => {
    if (running) again = true;
    else running = Promise.resolve().then(run);
    return running as Promise<void>;
  };
}
