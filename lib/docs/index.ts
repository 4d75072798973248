export { renderErrors } from "./errors.ts";
export { GENERATED_FILES, type GeneratedFile } from "./generated.ts";
export { renderKinds } from "./kinds.ts";
export { renderShippedMatrix } from "./matrix.ts";
export { renderTransforms } from "./transforms.ts";
