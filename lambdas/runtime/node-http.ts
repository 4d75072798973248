/** Node's module without what importing it by a statement loads with it: all its exports, and so the whole of fetch. */
// biome-ignore lint/style/noDefaultExport: it stands for a module that has one.
export default process.getBuiltinModule("node:http");
