import type { OverlayDecl } from "./declarations.ts";
import type { FileReader } from "./file-reader.ts";
import { readCells, readClassification } from "./read-message.ts";

/** Number of `options` in `google.protobuf.FileDescriptorProto`. */
const FILE_OPTIONS = 8;

/** Reads the overlays of a file. */
export function readOverlays({ file, options, places }: FileReader): readonly OverlayDecl[] {
  const placeOf = (...steps: (string | number)[]) =>
    places.atOption([FILE_OPTIONS], "auth0.proto.options.files.v1.overlay", ...steps);
  return (options.ofFile(file).overlay ?? []).map((overlay, index) => {
    const { schema = "", path = "", types = [], classification, processor, reason = "", until } = overlay;
    return {
      place: placeOf(index),
      schema,
      path,
      types,
      reason,
      ...(until !== undefined && { until }),
      ...(classification && { classification: readClassification(classification, placeOf(index, "classification")) }),
      cells: readCells(processor, (cell) => placeOf(index, "processor", cell)),
    };
  });
}
