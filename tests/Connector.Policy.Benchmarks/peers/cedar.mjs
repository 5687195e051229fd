// The policies of Cases.cs in Cedar, on one thread: npm install && node cedar.mjs [SECONDS]
import cedar from '@cedar-policy/cedar-wasm/nodejs';

const seconds = Number(process.argv[2] ?? 2);
const user = { type: 'User', id: 'a' };

for (const constraints of [1, 10, 100]) {
  const names = [...Array(constraints).keys()].map(i => `claim${i}`);
  const when = names.map(n => `["first", "second", "active"].contains(context.${n})`).join(' && ');
  const id = `policy${constraints}`;
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: `permit(principal, action, resource) when { ${when} };` });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
  const call = {
    principal: user, action: { type: 'Action', id: 'use' }, resource: { type: 'Dataset', id: 'd' },
    context: Object.fromEntries(names.map(n => [n, 'active'])), preparsedPolicySetId: id, preparsedSchemaName: null, validateRequest: false, entities: [],
  };
  measure(`cedar-wasm, ${constraints} constraints, permitted`, () => {
    const answer = cedar.statefulIsAuthorized(call);
    if (answer.response?.decision !== 'allow') throw new Error(JSON.stringify(answer));
  });
}

function measure(name, ask) {
  run(0.5);
  const [runs, elapsed] = run(seconds);
  console.log(`${name.padEnd(42)}${(runs / elapsed).toFixed(0).padStart(14)} /s ${(elapsed * 1e6 / runs).toFixed(3).padStart(12)} us`);

  function run(limit) {
    const start = process.hrtime.bigint();
    let runs = 0;
    let elapsed = 0;
    while (elapsed < limit) {
      for (let i = 0; i < 64; i++, runs++) ask();
      elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    }
    return [runs, elapsed];
  }
}
