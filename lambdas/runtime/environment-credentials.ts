/** Stands for the SDK's chain of credential providers in a bundle: Lambda puts credentials into the environment. */
export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";
