// The equal menu on XState's pure transition. Reads {leads, texts, presses, people, warmUp} as JSON from stdin; prints
// turns per second of processor time, and where everybody is at the end.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(pathToFileURL(process.env.XSTATE_FOLDER + "/"));
const { createMachine, initialTransition, transition } = require("xstate");

const menu = JSON.parse(readFileSync(0, "utf8"));
const states = {};
menu.leads.forEach((targets, screen) => {
  states["s" + screen] = { on: Object.fromEntries(targets.map((target, button) => ["b" + button, "s" + target])) };
});
const machine = createMachine({ initial: "s0", states });
const [first] = initialTransition(machine);
const people = Array.from({ length: menu.people }, () => first);
const events = menu.leads[0].map((_, button) => ({ type: "b" + button }));
let shown = 0;

function play(from, to) {
  for (let turn = from; turn < to; turn++) {
    const person = turn % menu.people;
    const [next] = transition(machine, people[person], events[menu.presses[turn]]);
    people[person] = next;
    shown += menu.texts[Number(next.value.slice(1))].length;
  }
}

play(0, menu.warmUp);
const before = process.cpuUsage();
play(menu.warmUp, menu.presses.length);
const spent = process.cpuUsage(before);
const seconds = (spent.user + spent.system) / 1e6;
const at = people.map((state) => Number(state.value.slice(1)));
console.log(JSON.stringify({ rate: (menu.presses.length - menu.warmUp) / seconds, at, shown }));
