// Asks over and over for some seconds, and tells of the fastest of five rounds how many times in a second of processor time, how long each took, and what each left on the heap of JavaScript.
export function measure(name, seconds, ask) {
  run(seconds);
  const rounds = [1, 2, 3, 4, 5].map(() => run(seconds / 5));
  const [runs, taken, bytes] = rounds.reduce((a, b) => b[0] / b[1] > a[0] / a[1] ? b : a);
  tell(name, runs / taken, bytes);

  function run(limit) {
    const [used, until] = [processorTime(), performance.now() + limit * 1000];
    let [runs, grown, counted] = [0, 0, 0];
    while (performance.now() < until) {
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 64; i++, runs++) ask();
      const more = process.memoryUsage().heapUsed - before;

      // A collection in between would hide what was allocated.
      if (more >= 0) [grown, counted] = [grown + more, counted + 64];
    }
    return [runs, processorTime() - used, counted > 0 ? Math.round(grown / counted) : undefined];
  }
}

export function tell(name, rate, bytes) {
  console.log(`${name.padEnd(46)}${rate.toFixed(0).padStart(14)} /s ${(1e6 / rate).toFixed(3).padStart(12)} us ${String(bytes ?? '-').padStart(10)} B`);
}

// Of this process, in seconds.
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
