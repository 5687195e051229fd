// Asks over and over for some seconds, on one thread, and tells how many times a second, how long each took, and what each left on the heap of JavaScript.
export function measure(name, seconds, ask) {
  run(0.5);
  const [runs, elapsed, bytes] = run(seconds);
  tell(name, runs / elapsed, bytes);

  function run(limit) {
    const start = process.hrtime.bigint();
    let [runs, elapsed, grown, counted] = [0, 0, 0, 0];
    while (elapsed < limit) {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 64; i++, runs++) ask();
      const more = process.memoryUsage().heapUsed - before;

      // A collection in between would hide what was allocated.
      if (more >= 0) [grown, counted] = [grown + more, counted + 64];
      elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    }
    return [runs, elapsed, counted > 0 ? Math.round(grown / counted) : undefined];
  }
}

export function tell(name, rate, bytes) {
  console.log(`${name.padEnd(46)}${rate.toFixed(0).padStart(14)} /s ${(1e6 / rate).toFixed(3).padStart(12)} us ${String(bytes ?? '-').padStart(10)} B`);
}
