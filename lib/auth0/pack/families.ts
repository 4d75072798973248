/** A file of the pack: log types that belong together, in messages that reviewers can read. */
export interface Family {
  /** File name below `policies/auth0/logs/v1`, without `.proto`. */
  readonly file: string;
  /** First line of the file. */
  readonly summary: string;
  readonly messages: readonly RootMessage[];
}

/** One schema for log types of the same shape. */
export interface RootMessage {
  readonly name: string;
  readonly summary: string;
  /** What each log code means, in the order in which the message lists them. */
  readonly types: Readonly<Record<string, string>>;
}

/**
 * Which log types share a schema, and what they are called.
 *
 * Types are together when a reader of the logs would look for them together; fields are those of any of them. A type
 * that is in no family gets a message of its own in `unsorted.proto` until someone sorts it in here.
 */
export const FAMILIES: readonly Family[] = [
  {
    file: "login",
    summary: "Logins of users, and what hinders them.",
    messages: [
      {
        name: "Login",
        summary: "Someone logged in, or failed to.",
        types: {
          s: "success",
          f: "failure covered by neither `fp` nor `fu`",
          fp: "failure: wrong password",
          fu: "failure: unknown e-mail address or user name",
          scv: "success: credentials were right, the login goes on",
          scoa: "success of a cross-origin authentication",
          fcoa: "failure of a cross-origin authentication",
          sdel: "success of a delegated login",
        },
      },
      { name: "LoginWarning", summary: "Something went wrong during a login.", types: { w: "warning" } },
      {
        name: "PasskeyChallenge",
        summary: "A native passkey challenge.",
        types: { passkey_challenge_started: "started", passkey_challenge_failed: "failed" },
      },
      {
        name: "OriginRefusal",
        summary: "A page asked for a login from an origin that the application does not allow.",
        types: { fco: "failure by CORS" },
      },
    ],
  },
  {
    file: "silent_auth",
    summary: "Logins without the user, by a session that still holds.",
    messages: [
      {
        name: "SilentAuthentication",
        summary: "An application asked for a login without a prompt.",
        types: {
          ssa: "success",
          fsa: "failure",
          sdelsa: "success, delegated",
          fdelsa: "failure, delegated",
        },
      },
    ],
  },
  {
    file: "token_exchange",
    summary: "Tokens given for codes, credentials and other tokens.",
    messages: [
      {
        name: "TokenExchange",
        summary: "A client exchanged something for a token, or failed to.",
        types: {
          seacft: "authorization code for an access token: success",
          feacft: "authorization code for an access token: failure",
          sdeleacft: "delegated authorization code: success",
          fdeleacft: "delegated authorization code: failure",
          seccft: "client credentials: success",
          feccft: "client credentials: failure",
          sertft: "refresh token: success",
          fertft: "refresh token: failure",
          ferrt: "rotating refresh token: failure, such as reuse",
          sepft: "password: success",
          fepft: "password: failure",
          sercft: "password and MFA recovery code: success",
          fercft: "password and MFA recovery code: failure",
          seotpft: "password and one-time code: success",
          feotpft: "password and one-time code: failure",
          seoobft: "password and out-of-band challenge: success",
          feoobft: "password and out-of-band challenge: failure",
          fepotpft: "passwordless one-time code: failure",
          sepkoobft: "passkey and out-of-band challenge: success",
          sepkotpft: "passkey and one-time code: success",
          sepkrcft: "passkey and MFA recovery code: success",
          sede: "device code: success",
          fede: "device code: failure",
          sens: "native social login: success",
          fens: "native social login: failure",
          secte: "custom token exchange: success",
          fecte: "custom token exchange: failure",
          success_on_behalf_of_token_exchange: "on-behalf-of token exchange: success",
          failed_on_behalf_of_token_exchange: "on-behalf-of token exchange: failure",
          idjag_exchange_succeeded: "identity assertion JWT: success",
          idjag_exchange_failed: "identity assertion JWT: failure",
          jwt_bearer_exchange_failed: "JWT bearer assertion: failure",
          ciba_exchange_succeeded: "CIBA request: success",
          ciba_exchange_failed: "CIBA request: failure",
        },
      },
      {
        name: "TokenVaultExchange",
        summary: "A token of another provider was taken from the Token Vault.",
        types: { seta: "success", feta: "failure" },
      },
      {
        name: "RefreshTokenRevocation",
        summary: "A refresh token was revoked.",
        types: { srrt: "success" },
      },
      {
        name: "PushedAuthorizationRequest",
        summary: "A client pushed an authorization request.",
        types: { fpar: "failure" },
      },
      {
        name: "BackchannelLoginStart",
        summary: "A client started a client-initiated backchannel authentication (CIBA).",
        types: { ciba_start_succeeded: "success", ciba_start_failed: "failure" },
      },
      {
        name: "DeviceActivation",
        summary: "A user was to confirm a device.",
        types: {
          fdeaz: "the request failed",
          fdeac: "the activation failed",
          fdecc: "the user did not confirm the device",
        },
      },
      {
        name: "Delegation",
        summary: "A delegation token was asked for.",
        types: { sd: "success", fd: "failure" },
      },
    ],
  },
  {
    file: "signup",
    summary: "How users come in.",
    messages: [
      { name: "Signup", summary: "Someone signed up, or failed to.", types: { ss: "success", fs: "failure" } },
      {
        name: "InvitationAcceptance",
        summary: "Someone accepted an invitation to an organization, or failed to.",
        types: { si: "success", fi: "failure" },
      },
      {
        name: "PasswordlessStart",
        summary: "A passwordless login began: a code or link was sent.",
        types: { cs: "code sent", cls: "code or link sent" },
      },
      {
        name: "PostRegistrationHook",
        summary: "The hook that runs after a registration.",
        types: { fpurh: "failure" },
      },
    ],
  },
  {
    file: "logout",
    summary: "How sessions end.",
    messages: [
      { name: "Logout", summary: "A user logged out.", types: { slo: "success", flo: "failure" } },
      {
        name: "BackchannelLogout",
        summary: "An application was told of a logout.",
        types: { oidc_backchannel_logout_succeeded: "success", oidc_backchannel_logout_failed: "failure" },
      },
      {
        name: "UpstreamLogout",
        summary: "A logout that an identity provider asked for, or that went on to one.",
        types: {
          federated_logout_failed: "the upstream identity provider could not be told",
          universal_logout_succeeded: "Universal Logout: success",
          universal_logout_failed: "Universal Logout: failure",
        },
      },
    ],
  },
  {
    file: "mfa",
    summary: "Multi-factor authentication.",
    messages: [
      {
        name: "MultiFactor",
        summary: "What happened to a second factor: enrolled, asked for, used, refused, removed.",
        types: {
          gd_start_enroll: "enrolment started",
          gd_start_enroll_failed: "enrolment could not be started",
          gd_enrollment_complete: "first factor enrolled",
          gd_unenroll: "device removed",
          gd_update_device_account: "device changed",
          gd_start_auth: "authentication started",
          gd_auth_succeed: "authentication succeeded",
          gd_auth_failed: "authentication failed",
          gd_auth_rejected: "the user refused a push notification",
          gd_auth_email_verification: "e-mail verified",
          gd_otp_rate_limit_exceed: "too many wrong codes",
          gd_recovery_succeed: "recovery code accepted",
          gd_recovery_failed: "wrong recovery code",
          gd_send_email: "e-mail sent",
          gd_send_email_verification: "verification e-mail sent",
          gd_send_pn: "push notification sent",
          gd_send_pn_failure: "push notification failed",
          gd_send_sms: "SMS sent",
          gd_send_sms_failure: "SMS failed",
          gd_send_voice: "voice call made",
          gd_send_voice_failure: "voice call failed",
          gd_webauthn_challenge_failed: "WebAuthn challenge failed in the browser",
          gd_webauthn_enrollment_failed: "WebAuthn enrolment failed in the browser",
          gd_tenant_update: "the tenant's settings changed",
          gd_auth_fail_email_verification: "e-mail could not be verified",
          gd_send_email_verification_failure: "verification e-mail failed",
          gd_recovery_rate_limit_exceed: "too many wrong recovery codes",
          too_many_records: "too many authenticators",
        },
      },
      {
        name: "MultiFactorRequirement",
        summary: "A user was asked for a second factor.",
        types: { mfar: "required" },
      },
    ],
  },
  {
    file: "attack_protection",
    summary: "Attacks that were noticed, and what was done about them.",
    messages: [
      {
        name: "BreachedPassword",
        summary: "Someone used a password that is known to have leaked.",
        types: { pwd_leak: "at login", reset_pwd_leak: "at a password reset", signup_pwd_leak: "at signup" },
      },
      {
        name: "Block",
        summary: "An address or an account was blocked.",
        types: {
          limit_wc: "too many failed logins to one account",
          limit_sul: "too many logins of one user from one address",
          limit_mu: "too many failed logins or signups from one address",
          limit_delegation: "too many calls of /delegation",
        },
      },
      { name: "BlockRelease", summary: "A block of a user was released.", types: { ublkdu: "released" } },
      {
        name: "PhoneDeliveryBlock",
        summary: "A user asked for too many SMS messages or calls.",
        types: { limit_phone: "blocked" },
      },
      {
        name: "PreLoginAssessment",
        summary: "What bot detection thought before a login.",
        types: { pla: "assessed" },
      },
    ],
  },
  {
    file: "management",
    summary: "What administrators and machines did with the tenant.",
    messages: [
      {
        name: "ManagementApiOperation",
        summary: "Someone, or a program, used the Management API.",
        types: {
          sapi: "write succeeded",
          fapi: "operation failed",
          mgmt_api_read: "read of a secret succeeded",
        },
      },
      {
        name: "KeyManagementOperation",
        summary: "A key of the tenant was managed.",
        types: {
          kms_key_management_success: "success",
          kms_key_management_failure: "failure",
          kms_key_state_changed: "the key's state changed",
        },
      },
    ],
  },
  {
    file: "user",
    summary: "Changes of users and their accounts.",
    messages: [
      { name: "EmailChange", summary: "A user's e-mail address changed.", types: { sce: "success", fce: "failure" } },
      {
        name: "PasswordChange",
        summary: "A user's password changed.",
        types: { scp: "success", fcp: "failure", fcph: "the hook that runs afterwards failed" },
      },
      {
        name: "PasswordChangeRequest",
        summary: "A change of a password was asked for.",
        types: { scpr: "success", fcpr: "failure" },
      },
      {
        name: "PhoneNumberChange",
        summary: "A user's phone number changed.",
        types: { scpn: "success", fcpn: "failure" },
      },
      { name: "UsernameChange", summary: "A user's name changed.", types: { scu: "success", fcu: "failure" } },
      { name: "UserDeletion", summary: "A user was deleted.", types: { sdu: "success", fdu: "failure" } },
      { name: "UserImport", summary: "Users were imported.", types: { sui: "success", fui: "failure" } },
      {
        name: "EmailVerification",
        summary: "A user followed the link of a verification e-mail, or it could not be sent.",
        types: { sv: "success", fv: "failure" },
      },
      {
        name: "EmailVerificationRequest",
        summary: "A verification e-mail was asked for.",
        types: { svr: "success", fvr: "failure" },
      },
      {
        name: "AuthenticationMethodOperation",
        summary: "A user managed a way to log in, through the My Account API.",
        types: {
          my_account_authentication_method_succeeded: "success",
          my_account_authentication_method_failed: "failure",
        },
      },
      {
        name: "ConnectedAccountOperation",
        summary: "A user connected an account of a third party, or removed it.",
        types: {
          connected_accounts_connection_succeeded: "connected",
          connected_accounts_connection_failed: "not connected",
          connected_accounts_delete_succeeded: "removed",
          connected_accounts_delete_failed: "not removed",
        },
      },
      {
        name: "OrganizationMembership",
        summary: "A user became a member of an organization.",
        types: { organization_member_added: "added" },
      },
      {
        name: "ConsentAccess",
        summary: "A rich consent record was read.",
        types: { rich_consents_access_error: "failure" },
      },
      { name: "Notification", summary: "A user was to be notified.", types: { fn: "failure", wn: "warning" } },
      { name: "UserManagementWarning", summary: "Something went wrong with a user.", types: { wum: "warning" } },
    ],
  },
  {
    file: "provisioning",
    summary: "Users that other systems bring in.",
    messages: [
      {
        name: "ScimOperation",
        summary: "An identity provider used SCIM.",
        types: { sscim: "success", fscim: "failure" },
      },
      {
        name: "DirectorySync",
        summary: "A directory was synchronised.",
        types: {
          directory_sync_started: "started",
          directory_sync_completed: "completed",
          directory_sync_failed: "failed",
        },
      },
      {
        name: "ConnectorProvisioning",
        summary: "An AD/LDAP connector was provisioned.",
        types: { fcpro: "failure" },
      },
      {
        name: "SelfServiceSso",
        summary: "A customer set up single sign-on without help.",
        types: { ss_sso_success: "success", ss_sso_failure: "failure", ss_sso_info: "information" },
      },
    ],
  },
  {
    file: "actions",
    summary: "Code and forms of the tenant's own that run with logins.",
    messages: [
      {
        name: "ActionExecution",
        summary: "An Action ran.",
        types: { actions_execution_failed: "failure" },
      },
      {
        name: "FlowExecution",
        summary: "A flow ran.",
        types: { flows_execution_completed: "completed", flows_execution_failed: "failed" },
      },
      {
        name: "FormSubmission",
        summary: "A form was submitted.",
        types: { forms_submission_succeeded: "success", forms_submission_failed: "failure" },
      },
    ],
  },
  {
    file: "system",
    summary: "Notices about the tenant itself.",
    messages: [
      {
        name: "RateLimit",
        summary: "A rate limit of an API is near or reached.",
        types: { api_limit: "reached", api_limit_warning: "about to be reached" },
      },
      {
        name: "PeakPerformance",
        summary: "The limits were raised for a time.",
        types: { appi: "initiated" },
      },
      {
        name: "NetworkAclSummary",
        summary: "How often the network ACLs matched in a period.",
        types: { acls_summary: "summary" },
      },
      {
        name: "CustomDomainVerification",
        summary: "A custom domain was checked.",
        types: { custom_domain_verification_failed: "failure" },
      },
      {
        name: "DeprecationNotice",
        summary: "Something in use will go.",
        types: { depnote: "deprecated feature" },
      },
      {
        name: "LoginSdkNotice",
        summary: "The SDK of customised login pages has something to say.",
        types: { acul_sdk_notice: "notice" },
      },
      {
        name: "ResourceCleanup",
        summary: "Resources over a limit were removed, such as refresh tokens.",
        types: { resource_cleanup: "removed" },
      },
    ],
  },
];
