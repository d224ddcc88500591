/**
 * Every error this service can answer: one table from `type` to status and message. Code throws a type, never a
 * status. Types, statuses and wording are Appwrite's (1.9) where it has the error, so that SDKs and apps that branch on
 * them keep working; the entries under 'ours' have no counterpart there. What Appwrite has renamed since 0.15 is thrown
 * under one name and told under that of the client's generation: see `toldTypes`.
 */
const table = {
  // Requests
  general_argument_invalid: [400, 'The request contains one or more invalid arguments.'],
  general_bad_request: [400, 'The request body could not be understood.'],
  general_cursor_not_found: [400, 'The cursor is invalid.'],
  general_invalid_email: [400, 'Value must be a valid email address.'],
  general_invalid_phone: [
    400,
    "Value must be a valid phone number. Format this number with a leading '+' and a country code, e.g., +16175551212.",
  ],
  general_unauthorized_scope: [401, 'The current user or API key does not have the required scopes.'],
  general_unknown_origin: [403, 'Invalid Origin.'],
  general_route_not_found: [
    404,
    'Route not found. Please ensure the endpoint is configured correctly and that the API route is valid for this SDK version. Refer to the API docs for more details.',
  ],
  general_rate_limit_exceeded: [
    429,
    'Rate limit for the current endpoint has been exceeded. Please try again after some time.',
  ],
  general_smtp_disabled: [
    503,
    'This service sends no e-mail, so an e-mail address can not be used as a factor. Use totp or recoverycode.',
  ],
  general_phone_disabled: [
    503,
    'This service sends no text messages, so a phone can not be used as a factor. Use totp or recoverycode.',
  ],
  general_unknown: [500, 'Server Error'],
  // Requests: ours
  general_method_not_allowed: [405, 'The method is not allowed for this route.'],
  general_payload_too_large: [413, 'The request body is larger than 256 kB.'],
  general_content_type_unsupported: [
    415,
    'Unsupported content type. Send application/json, application/x-www-form-urlencoded or multipart/form-data.',
  ],
  general_totp_disabled: [
    501,
    "No key in this deployment's ENCRYPTION_KEY opens the secret of this authenticator.",
  ],
  general_service_unavailable: [503, 'The service is temporarily unavailable. Please try again.'],

  // Callers
  project_not_found: [
    404,
    'Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to ensure the correct project ID is being used.',
  ],
  project_key_expired: [
    401,
    'The project key has expired. Please generate a new key using the Appwrite console.',
  ],
  user_unauthorized: [401, 'The current user is not authorized to perform the requested action.'],
  project_key_unknown: [401, 'The current user is not authorized to perform the requested action.'],
  key_not_found: [404, 'Key with the requested ID could not be found.'],
  key_already_exists: [409, 'Key with the same ID already exists in this project.'],

  // Webhooks and activities
  webhook_not_found: [404, 'Webhook with the requested ID could not be found.'],
  webhook_already_exists: [409, 'Webhook with the same ID already exists. Try again with a different ID.'],
  webhook_limit_exceeded: [400, 'There are 100 webhooks, which is as many as can be. Delete one first.'],
  webhook_delivery_not_found: [404, 'Delivery with the requested ID could not be found.'],
  activity_event_not_found: [404, 'Event with the requested ID could not be found.'],

  // Users
  user_not_found: [404, 'User with the requested ID could not be found.'],
  user_already_exists: [409, 'A user with the same id, email, or phone already exists in this project.'],
  user_email_already_exists: [409, 'A user with the same email already exists in the current project.'],
  user_phone_already_exists: [
    409,
    'A user with the same phone number already exists in the current project.',
  ],
  user_email_taken: [409, 'A user with the same email already exists in the current project.'],
  user_phone_taken: [409, 'A user with the same phone number already exists in the current project.'],
  user_target_already_exists: [409, 'A target with the same ID or identifier already exists.'],
  user_target_not_found: [404, 'The target could not be found.'],
  user_identity_already_exists: [409, 'An identity of the same provider and ID there already exists.'],
  user_identity_not_found: [404, 'The identity could not be found.'],
  user_count_changed: [
    409,
    'The filters find another number of users than was confirmed. Ask for it again with dryRun, and confirm that.',
  ],
  password_recently_used: [400, 'The password was used recently. Choose one that the user has not had.'],
  password_personal_data: [
    400,
    "The password holds the user's ID, name, e-mail address or phone number. Choose one that does not.",
  ],
  user_blocked: [403, 'The current user has been blocked.'],
  user_invalid_credentials: [401, 'Invalid credentials. Please check the email and password.'],
  user_invalid_token: [401, 'Invalid token passed in the request.'],
  user_jwt_invalid: [401, 'Failed to verify JWT.'],
  user_jwt_and_cookie_set: [403, 'A JWT and a session were sent in one request. Send one of them.'],
  user_session_already_exists: [401, 'Creation of a session is prohibited when a session is active.'],
  user_session_not_found: [404, 'The current user session could not be found.'],

  // Factors
  user_more_factors_required: [401, 'More factors are required to complete the sign in process.'],
  user_challenge_required: [
    401,
    'A recently successful challenge is required to complete this action. A challenge is considered recent for 5 minutes.',
  ],
  user_authenticator_not_found: [404, 'Authenticator could not be found on the current user.'],
  user_authenticator_already_verified: [409, 'This authenticator is already verified on the current user.'],
  user_recovery_codes_not_found: [404, 'Recovery codes could not be found on the current user.'],
  user_recovery_codes_already_exists: [
    409,
    'The current user already generated recovery codes and they can only be read once for security reasons.',
  ],

  // Teams
  team_not_found: [404, 'Team with the requested ID could not be found.'],
  team_already_exists: [
    409,
    'Team with requested ID already exists. Please choose a different ID and try again.',
  ],
  team_invite_not_found: [404, 'The requested team invitation could not be found.'],
  team_membership_mismatch: [404, 'The membership ID does not belong to the team ID.'],
  membership_not_found: [404, 'Membership with the requested ID could not be found.'],
  membership_already_confirmed: [409, 'Membership is already confirmed.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** What code throws. */
export type ErrorType = keyof typeof table;

/** Clients by what they expect of an error: of 0.15, of 1.0 to 1.4, and of 1.5 and up. */
export const GENERATIONS = ['classic', 'before1.5', 'modern'] as const;
export type Generation = (typeof GENERATIONS)[number];

type ToldByGeneration<Value> = {
  readonly [type in ErrorType]?: Readonly<Partial<Record<Generation, Value>>>;
};

/**
 * What an error is called to a client, where Appwrite has renamed it: programs branch on the type that the server of
 * their generation sent. In 0.15 a taken phone number was a taken e-mail address, a wrong key no key.
 */
const toldTypes = {
  project_key_unknown: {
    classic: 'general_unauthorized_scope',
    'before1.5': 'user_unauthorized',
    modern: 'user_unauthorized',
  },
  user_email_taken: {
    classic: 'user_email_already_exists',
    'before1.5': 'user_email_already_exists',
    modern: 'user_target_already_exists',
  },
  user_phone_taken: {
    classic: 'user_email_already_exists',
    'before1.5': 'user_phone_already_exists',
    modern: 'user_target_already_exists',
  },
} as const satisfies ToldByGeneration<ErrorType>;

/** What clients are told. */
export type ToldType = Exclude<ErrorType, keyof typeof toldTypes>;

/** A 0.15 client tells a blocked user by the 401 that its server sent; a modern one by 403. */
const toldStatuses: ToldByGeneration<number> = { user_blocked: { classic: 401 } };

/** The types of the table, for the API description and for tests. */
export const errorTypes = Object.keys(table).filter((key): key is ErrorType => key in table);

/** The HTTP status of an error type, as a client of the generation is told it. */
export function statusOf(type: ErrorType, generation: Generation = 'modern'): number {
  return toldStatuses[type]?.[generation] ?? table[type][0];
}

/** The type that a client of the generation is told. */
export function toldAs(type: ErrorType, generation: Generation = 'modern'): ToldType {
  return isRenamed(type) ? toldTypes[type][generation] : type;
}

function isRenamed(type: ErrorType): type is keyof typeof toldTypes {
  return Object.hasOwn(toldTypes, type);
}

/** The different ways in which an error is told, with a generation that each is told to. */
export function variantsOf(type: ErrorType): { type: ToldType; status: number; generation: Generation }[] {
  const variants = GENERATIONS.toReversed().map((generation) => ({
    type: toldAs(type, generation),
    status: statusOf(type, generation),
    generation,
  }));
  return variants.filter(
    (one, i) => variants.findIndex((other) => other.type === one.type && other.status === one.status) === i,
  );
}

/** The default message of an error type. */
export function messageOf(type: ErrorType): string {
  return table[type][1];
}

/**
 * What any layer throws to refuse a request.
 * @param type an entry of the table: decides the status
 * @param message replaces the table's message where the case can be told more clearly; must hold no secret
 * @param headers added to the answer, such as `Allow` or `Retry-After`
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly type: ErrorType,
    message?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message ?? messageOf(type));
  }
}
