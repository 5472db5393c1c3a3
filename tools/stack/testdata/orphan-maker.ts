// Starts one part as a supervisor does, says its process id, and waits to be killed. Arguments: owner's folder, program text.
import { Child } from '../child.ts';

const [owner = '', program = ''] = process.argv.slice(2);
const child = new Child({ file: process.execPath, args: ['-e', program] }, `${owner}/logs/part.log`, owner);
console.log(child.pid);
await child.exited;
