/** The packages of the policy language that declare the options of fields and of messages. */
export const FIELD_OPTIONS = "auth0.proto.options.fields.v1";
export const MESSAGE_OPTIONS = "auth0.proto.options.messages.v1";
