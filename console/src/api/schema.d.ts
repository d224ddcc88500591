/* Made by `npm run console:types` from our OpenAPI document: not to be edited. */
export interface paths {
    "/v1": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this service is, and where it is described */
        get: operations["get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the activity of the whole directory */
        get: operations["getActivitiesEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activities/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one event of the activity */
        get: operations["getActivitiesEventsEventId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the service and its database answer */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the API version */
        get: operations["getHealthVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get this description (OpenAPI 3.1) */
        get: operations["getOpenapi.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/project/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the configuration that is in force */
        get: operations["getProjectConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/project/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys */
        get: operations["getProjectKeys"];
        put?: never;
        /** Create an API key */
        post: operations["postProjectKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/project/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an API key */
        get: operations["getProjectKeysKeyId"];
        /** Update an API key */
        put: operations["putProjectKeysKeyId"];
        post?: never;
        /** Delete an API key */
        delete: operations["deleteProjectKeysKeyId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/project/keys/ephemeral": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an ephemeral API key */
        post: operations["postProjectKeysEphemeral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/project/usage/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how many sign-ins and second factors failed, over time */
        get: operations["getProjectUsageFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this description as a page */
        get: operations["getReference"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List teams */
        get: operations["getTeams"];
        put?: never;
        /** Create a team */
        post: operations["postTeams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{teamId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a team */
        get: operations["getTeamsTeamId"];
        /** Update a team's name */
        put: operations["putTeamsTeamId"];
        post?: never;
        /** Delete a team */
        delete: operations["deleteTeamsTeamId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{teamId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a team's activity */
        get: operations["getTeamsTeamIdLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{teamId}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a team's memberships */
        get: operations["getTeamsTeamIdMemberships"];
        put?: never;
        /** Add a member to a team */
        post: operations["postTeamsTeamIdMemberships"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/teams/{teamId}/memberships/{membershipId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a membership */
        get: operations["getTeamsTeamIdMembershipsMembershipId"];
        put?: never;
        post?: never;
        /** Delete a membership */
        delete: operations["deleteTeamsTeamIdMembershipsMembershipId"];
        options?: never;
        head?: never;
        /** Replace a member's roles */
        patch: operations["patchTeamsTeamIdMembershipsMembershipId"];
        trace?: never;
    };
    "/v1/teams/{teamId}/prefs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a team's preferences */
        get: operations["getTeamsTeamIdPrefs"];
        /** Replace a team's preferences */
        put: operations["putTeamsTeamIdPrefs"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users */
        get: operations["getUsers"];
        put?: never;
        /** Create a user */
        post: operations["postUsers"];
        /** Delete many users */
        delete: operations["deleteUsers"];
        options?: never;
        head?: never;
        /** Change many users */
        patch: operations["patchUsers"];
        trace?: never;
    };
    "/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a user */
        get: operations["getUsersUserId"];
        put?: never;
        post?: never;
        /** Delete a user */
        delete: operations["deleteUsersUserId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update a user's e-mail address */
        patch: operations["patchUsersUserIdEmail"];
        trace?: never;
    };
    "/v1/users/{userId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export all that is kept about one user */
        get: operations["getUsersUserIdExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a user's account at another provider */
        post: operations["postUsersUserIdIdentities"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/impersonator": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set whether a user may act as other users */
        patch: operations["patchUsersUserIdImpersonator"];
        trace?: never;
    };
    "/v1/users/{userId}/jwts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a JWT for a user */
        post: operations["postUsersUserIdJwts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace a user's labels */
        put: operations["putUsersUserIdLabels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's activity */
        get: operations["getUsersUserIdLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's memberships in teams */
        get: operations["getUsersUserIdMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Turn multi-factor authentication of a user on or off */
        patch: operations["patchUsersUserIdMfa"];
        trace?: never;
    };
    "/v1/users/{userId}/mfa/authenticators/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a user's authenticator app */
        delete: operations["deleteUsersUserIdMfaAuthenticatorsType"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/mfa/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's factors */
        get: operations["getUsersUserIdMfaFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's recovery codes that are left */
        get: operations["getUsersUserIdMfaRecoveryCodes"];
        /** Replace a user's recovery codes */
        put: operations["putUsersUserIdMfaRecoveryCodes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Create recovery codes for a user */
        patch: operations["patchUsersUserIdMfaRecoveryCodes"];
        trace?: never;
    };
    "/v1/users/{userId}/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update a user's name */
        patch: operations["patchUsersUserIdName"];
        trace?: never;
    };
    "/v1/users/{userId}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update a user's password */
        patch: operations["patchUsersUserIdPassword"];
        trace?: never;
    };
    "/v1/users/{userId}/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update a user's phone number */
        patch: operations["patchUsersUserIdPhone"];
        trace?: never;
    };
    "/v1/users/{userId}/prefs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a user's preferences */
        get: operations["getUsersUserIdPrefs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Replace a user's preferences */
        patch: operations["patchUsersUserIdPrefs"];
        trace?: never;
    };
    "/v1/users/{userId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's sessions */
        get: operations["getUsersUserIdSessions"];
        put?: never;
        /** Create a session for a user */
        post: operations["postUsersUserIdSessions"];
        /** Delete all of a user's sessions */
        delete: operations["deleteUsersUserIdSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete one of a user's sessions */
        delete: operations["deleteUsersUserIdSessionsSessionId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Block or unblock a user */
        patch: operations["patchUsersUserIdStatus"];
        trace?: never;
    };
    "/v1/users/{userId}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a user's targets */
        get: operations["getUsersUserIdTargets"];
        put?: never;
        /** Create a target of a user */
        post: operations["postUsersUserIdTargets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/targets/{targetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one of a user's targets */
        get: operations["getUsersUserIdTargetsTargetId"];
        put?: never;
        post?: never;
        /** Delete one of a user's targets */
        delete: operations["deleteUsersUserIdTargetsTargetId"];
        options?: never;
        head?: never;
        /** Update one of a user's targets */
        patch: operations["patchUsersUserIdTargetsTargetId"];
        trace?: never;
    };
    "/v1/users/{userId}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a one-time token to sign in with */
        post: operations["postUsersUserIdTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{userId}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set whether a user's e-mail address is verified */
        patch: operations["patchUsersUserIdVerification"];
        trace?: never;
    };
    "/v1/users/{userId}/verification/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set whether a user's phone number is verified */
        patch: operations["patchUsersUserIdVerificationPhone"];
        trace?: never;
    };
    "/v1/users/argon2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with an argon2 hash */
        post: operations["postUsersArgon2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/bcrypt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with a bcrypt hash */
        post: operations["postUsersBcrypt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export users */
        get: operations["getUsersExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users' accounts at other providers */
        get: operations["getUsersIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/identities/{identityId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a user's account at another provider */
        delete: operations["deleteUsersIdentitiesIdentityId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import users */
        post: operations["postUsersImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/md5": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with an MD5 hash */
        post: operations["postUsersMd5"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/phpass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with a phpass hash */
        post: operations["postUsersPhpass"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/scrypt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with a scrypt hash */
        post: operations["postUsersScrypt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/scrypt-modified": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with a hash of Firebase's modified scrypt */
        post: operations["postUsersScryptModified"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/sha": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a user with a SHA hash */
        post: operations["postUsersSha"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get usage statistics of users and sessions */
        get: operations["getUsersUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["getWebhooks"];
        put?: never;
        /** Create a webhook */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook */
        get: operations["getWebhooksWebhookId"];
        /** Update a webhook */
        put: operations["putWebhooksWebhookId"];
        post?: never;
        /** Delete a webhook */
        delete: operations["deleteWebhooksWebhookId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a webhook's deliveries */
        get: operations["getWebhooksWebhookIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery of a webhook again */
        post: operations["postWebhooksWebhookIdDeliveriesDeliveryIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send deliveries of a webhook again, from a sequence or time on */
        post: operations["postWebhooksWebhookIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Replace a webhook's secret */
        patch: operations["patchWebhooksWebhookIdSecret"];
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test to a webhook */
        post: operations["postWebhooksWebhookIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            accessedAt: string;
            email: string;
            emailCanonical: string | null;
            emailIsCanonical: boolean | null;
            emailIsCorporate: boolean | null;
            emailIsDisposable: boolean | null;
            emailIsFree: boolean | null;
            emailVerification: boolean;
            impersonator?: boolean;
            impersonatorUserId?: string | null;
            labels: string[];
            mfa?: boolean;
            name: string;
            passwordUpdate: string;
            phone: string;
            phoneVerification: boolean;
            prefs: components["schemas"]["Preferences"];
            registration: string;
            status: boolean;
            targets?: components["schemas"]["Target"][];
        };
        ActivityEvent: {
            $id: string;
            actorEmail: string;
            actorId: string;
            actorName: string;
            actorType: string;
            autonomousSystemNumber: string;
            autonomousSystemOrganization: string;
            city: string;
            connectionOrganization: string;
            connectionType: string;
            connectionUsageType: string;
            continentCode: string;
            country: string;
            event: string;
            hostname: string;
            ip: string;
            isp: string;
            mode: string;
            projectId: string;
            resource: string;
            resourceId: string;
            resourceParent: string;
            resourceType: string;
            sdk: string;
            sdkVersion: string;
            subdivisions: string;
            teamId: string;
            time: string;
            userAgent: string;
        };
        ActivityEventList: {
            events: components["schemas"]["ActivityEvent"][];
            total: number;
        };
        BulkResult: {
            remaining?: number;
            total: number;
        };
        Configuration: {
            limits: {
                name: string;
                unit: string;
                value: number;
            }[];
            variables: {
                isSet: boolean;
                name: string;
                value: string;
            }[];
        };
        DirectoryRow: {
            accessedAt?: string | null;
            algorithm?: string | null;
            email?: string | null;
            emailVerification?: boolean;
            hash?: string | null;
            hashOptions?: {
                [key: string]: unknown;
            } | null;
            identities?: {
                identityId: string;
                provider: string;
                providerEmail: string | null;
                providerUid: string;
            }[];
            impersonator?: boolean;
            labels?: string[];
            memberships?: {
                confirm: boolean;
                membershipId: string;
                roles: string[];
                teamId: string;
                teamName: string;
            }[];
            mfa?: boolean;
            name?: string;
            passwordUpdate?: string | null;
            phone?: string | null;
            phoneVerification?: boolean;
            prefs?: components["schemas"]["Preferences"];
            registration?: string;
            status?: boolean;
            targets?: {
                expired: boolean;
                identifier: string;
                name: string;
                providerId: string | null;
                providerType: string;
                targetId: string | null;
            }[];
            userId: string;
        };
        EphemeralKey: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            accessedAt: string;
            expire: string;
            name: string;
            scopes: string[];
            sdks: string[];
            secret: string;
        };
        Error: {
            code: number;
            message: string;
            type: string;
            version: string;
        };
        HealthStatus: {
            name: string;
            ping: number;
            /** @enum {string} */
            status: "pass";
            /** @enum {string} */
            webhooks?: "cron";
        };
        HealthVersion: {
            version: string;
        };
        Identity: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            provider: string;
            providerAccessToken: string;
            providerAccessTokenExpiry: string;
            providerEmail: string;
            providerRefreshToken: string;
            providerUid: string;
            userId: string;
        };
        IdentityList: {
            identities: components["schemas"]["Identity"][];
            total: number;
        };
        ImportLine: {
            index: number;
            message?: string;
            /** @enum {string} */
            status: "created" | "skipped" | "overwritten" | "refused";
            type?: string;
            userId: string | null;
        } | {
            created: number;
            overwritten: number;
            refused: number;
            skipped: number;
            total: number;
        };
        JWT: {
            jwt: string;
        };
        Key: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            accessedAt: string;
            expire: string;
            name: string;
            scopes: string[];
            sdks: string[];
            secret: string;
        };
        KeyList: {
            keys: components["schemas"]["Key"][];
            total: number;
        };
        LogList: {
            logs: {
                clientCode: string;
                clientEngine: string;
                clientEngineVersion: string;
                clientName: string;
                clientType: string;
                clientVersion: string;
                count?: number;
                countryCode: string;
                countryName: string;
                deviceBrand: string;
                deviceModel: string;
                deviceName: string;
                event: string;
                ip: string;
                mode: string;
                osCode: string;
                osName: string;
                osVersion: string;
                time: string;
                userEmail: string;
                userId: string;
                userName: string;
                userType: string;
            }[];
            total: number;
        };
        Membership: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            confirm: boolean;
            invited: string;
            joined: string;
            mfa?: boolean;
            roles: string[];
            teamId: string;
            teamName: string;
            userAccessedAt: string;
            userEmail: string;
            userId: string;
            userName: string;
            userPhone?: string;
        };
        MembershipList: {
            memberships: components["schemas"]["Membership"][];
            total: number;
        };
        MfaChallenge: {
            $createdAt: string;
            $id: string;
            expire: string;
            userId: string;
        };
        MfaFactors: {
            email: boolean;
            phone: boolean;
            recoveryCode: boolean;
            totp: boolean;
        };
        MfaRecoveryCodes: {
            recoveryCodes: string[];
        };
        MfaType: {
            secret: string;
            uri: string;
        };
        OpenApi: {
            [key: string]: unknown;
        };
        Page: string;
        PersonExport: {
            actions: {
                [key: string]: unknown;
            }[];
            authenticators: {
                $createdAt: string;
                $id: string;
                type: string;
                verified: boolean;
            }[];
            identities: {
                [key: string]: unknown;
            }[];
            logs: {
                [key: string]: unknown;
            }[];
            memberships: {
                [key: string]: unknown;
            }[];
            networks: {
                factors: number;
                network: string;
                seenAt: string;
            }[];
            recoveryCodes: number;
            sessions: {
                [key: string]: unknown;
            }[];
            targets: {
                [key: string]: unknown;
            }[];
            tokens: {
                $createdAt: string;
                $id: string;
                expire: string;
            }[];
            user: {
                [key: string]: unknown;
            };
        };
        Preferences: {
            [key: string]: unknown;
        };
        Service: {
            apiVersion: string;
            name: string;
            openapi: string;
            reference: string;
            version: string;
        };
        Session: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            clientCode: string;
            clientEngine: string;
            clientEngineVersion: string;
            clientName: string;
            clientType: string;
            clientVersion: string;
            countryCode: string;
            countryName: string;
            current: boolean;
            deviceBrand: string;
            deviceModel: string;
            deviceName: string;
            expire: string;
            factors?: string[];
            ip: string;
            mfaUpdatedAt: string;
            osCode: string;
            osName: string;
            osVersion: string;
            provider: string;
            providerAccessToken: string;
            providerAccessTokenExpiry: string;
            providerRefreshToken: string;
            providerUid: string;
            secret?: string;
            userId: string;
        };
        SessionList: {
            sessions: components["schemas"]["Session"][];
            total: number;
        };
        Target: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            expired: boolean;
            identifier: string;
            name: string;
            providerId: string | null;
            providerType: string;
            userId: string;
        };
        TargetList: {
            targets: components["schemas"]["Target"][];
            total: number;
        };
        Team: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            name: string;
            prefs: components["schemas"]["Preferences"];
            total: number;
        };
        TeamList: {
            teams: components["schemas"]["Team"][];
            total: number;
        };
        Token: {
            $createdAt: string;
            $id: string;
            expire: string;
            phrase?: string;
            secret: string;
            userId: string;
        };
        UsageFailures: {
            failures: {
                date: string;
                value: number;
            }[];
            range: string;
            total: number;
        };
        UsageUsers: {
            range: string;
            sessions: {
                date: string;
                value: number;
            }[];
            sessionsTotal: number;
            users: {
                date: string;
                value: number;
            }[];
            usersTotal: number;
        };
        User: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            accessedAt: string;
            email: string;
            emailCanonical: string | null;
            emailIsCanonical: boolean | null;
            emailIsCorporate: boolean | null;
            emailIsDisposable: boolean | null;
            emailIsFree: boolean | null;
            emailVerification: boolean;
            hash: string;
            hashOptions: {
                [key: string]: unknown;
            } | null;
            impersonator?: boolean;
            impersonatorUserId?: string | null;
            labels: string[];
            mfa?: boolean;
            name: string;
            password: string | null;
            passwordUpdate: string;
            phone: string;
            phoneVerification: boolean;
            prefs: components["schemas"]["Preferences"];
            registration: string;
            status: boolean;
            targets?: components["schemas"]["Target"][];
        };
        UserList: {
            total: number;
            users: components["schemas"]["User"][];
        };
        Webhook: {
            $createdAt: string;
            $id: string;
            $updatedAt: string;
            attempts: number;
            authPassword: string;
            authUsername: string;
            enabled: boolean;
            events: string[];
            logs: string;
            name: string;
            secret: string;
            tls: boolean;
            url: string;
        };
        WebhookDelivery: {
            $createdAt: string;
            $id: string;
            duration: number;
            error: string;
            event: string;
            nextTryAt: string;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            status: number;
            triedAt: string;
            tries: number;
        };
        WebhookDeliveryList: {
            deliveries: components["schemas"]["WebhookDelivery"][];
            total: number;
        };
        WebhookList: {
            total: number;
            webhooks: components["schemas"]["Webhook"][];
        };
        WebhookReplay: {
            next: number | null;
            total: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Service */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getActivitiesEvents: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ActivityEventList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityEventList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getActivitiesEventsEventId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ActivityEvent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityEvent"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HealthStatus */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthStatus"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getHealthVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HealthVersion */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthVersion"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    "getOpenapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenApi */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApi"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProjectConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Configuration"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProjectKeys: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description KeyList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postProjectKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid ISO 8601 date with time and offset, such as 2030-01-31T12:00:00.000+00:00
                     * @default
                     */
                    expire?: "" | string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    keyId: "unique()" | string;
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                    /** @description Value must be an array of at most 100 of the scopes users.read, users.write, users.hashes.read, sessions.read, sessions.write, teams.read, teams.write, project.read, keys.read, keys.write, webhooks.read, webhooks.write, activities.read */
                    scopes: ("users.read" | "users.write" | "users.hashes.read" | "sessions.read" | "sessions.write" | "teams.read" | "teams.write" | "project.read" | "keys.read" | "keys.write" | "webhooks.read" | "webhooks.write" | "activities.read")[];
                };
            };
        };
        responses: {
            /** @description Key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProjectKeysKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putProjectKeysKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid ISO 8601 date with time and offset, such as 2030-01-31T12:00:00.000+00:00
                     * @default
                     */
                    expire?: "" | string;
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                    /** @description Value must be an array of at most 100 of the scopes users.read, users.write, users.hashes.read, sessions.read, sessions.write, teams.read, teams.write, project.read, keys.read, keys.write, webhooks.read, webhooks.write, activities.read */
                    scopes: ("users.read" | "users.write" | "users.hashes.read" | "sessions.read" | "sessions.write" | "teams.read" | "teams.write" | "project.read" | "keys.read" | "keys.write" | "webhooks.read" | "webhooks.write" | "activities.read")[];
                };
            };
        };
        responses: {
            /** @description Key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteProjectKeysKeyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postProjectKeysEphemeral: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid range between 1 and 3,600 */
                    duration: number | string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    person?: string;
                    /** @description Value must be an array of at most 100 of the scopes users.read, users.write, users.hashes.read, sessions.read, sessions.write, teams.read, teams.write, project.read, keys.read, keys.write, webhooks.read, webhooks.write, activities.read */
                    scopes: ("users.read" | "users.write" | "users.hashes.read" | "sessions.read" | "sessions.write" | "teams.read" | "teams.write" | "project.read" | "keys.read" | "keys.write" | "webhooks.read" | "webhooks.write" | "activities.read")[];
                };
            };
        };
        responses: {
            /** @description EphemeralKey */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EphemeralKey"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getProjectUsageFailures: {
        parameters: {
            query?: {
                /** @description Value must be one of (24h, 7d, 30d, 90d) */
                range?: "24h" | "7d" | "30d" | "90d";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UsageFailures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageFailures"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": components["schemas"]["Page"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeams: {
        parameters: {
            query?: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                cursor?: string;
                /** @description Value must be one of (after, before) */
                cursorDirection?: string;
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be one of (ASC, DESC) */
                orderType?: "ASC" | "DESC";
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TeamList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                    /**
                     * @description Value must be an array of at most 100 roles of at most 81 chars each. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char
                     * @default [
                     *       "owner"
                     *     ]
                     */
                    roles?: string[];
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    teamId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description Team */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeamsTeamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Team */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putTeamsTeamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Team */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteTeamsTeamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeamsTeamIdLogs: {
        parameters: {
            query?: {
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description LogList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeamsTeamIdMemberships: {
        parameters: {
            query?: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                cursor?: string;
                /** @description Value must be one of (after, before) */
                cursorDirection?: string;
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be one of (ASC, DESC) */
                orderType?: "ASC" | "DESC";
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MembershipList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postTeamsTeamIdMemberships: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid email address
                     * @default
                     */
                    email?: "" | string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /**
                     * @description Phone number must start with a '+' and have 7 to 15 digits, the first not zero
                     * @default
                     */
                    phone?: "" | string;
                    /** @description Value must be an array of at most 100 roles of at most 81 chars each. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    roles: string[];
                    /**
                     * @description Value must be a valid URL
                     * @default
                     */
                    url?: string;
                    /**
                     * @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char
                     * @default
                     */
                    userId?: "" | string;
                };
            };
        };
        responses: {
            /** @description Membership */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeamsTeamIdMembershipsMembershipId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                membershipId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Membership */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteTeamsTeamIdMembershipsMembershipId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                membershipId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchTeamsTeamIdMembershipsMembershipId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                membershipId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be an array of at most 100 roles of at most 81 chars each. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    roles: string[];
                };
            };
        };
        responses: {
            /** @description Membership */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTeamsTeamIdPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putTeamsTeamIdPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                teamId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid object. */
                    prefs: Record<string, unknown>;
                };
            };
        };
        responses: {
            /** @description Preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                cursor?: string;
                /** @description Value must be one of (after, before) */
                cursorDirection?: string;
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be one of (ASC, DESC) */
                orderType?: "ASC" | "DESC";
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UserList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email?: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Password must be between 8 and 256 characters long. */
                    password?: string;
                    /** @description Phone number must start with a '+' and have 7 to 15 digits, the first not zero */
                    phone?: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Value must be a valid range between 0 and 100,000 */
                    confirm?: number | string;
                    /**
                     * @description Value must be a valid boolean
                     * @default false
                     */
                    dryRun?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                    queries?: unknown;
                    /** @description Value must be an array of at most 1000 IDs */
                    userIds?: string[];
                };
            };
        };
        responses: {
            /** @description BulkResult */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid boolean
                     * @default false
                     */
                    dryRun?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid boolean */
                    emailVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an object of either `set`, or `add` and `remove`, each an array of at most 1000 labels of 1 to 36 letters and digits */
                    labels?: {
                        add?: string[];
                        remove?: string[];
                        set?: string[];
                    };
                    /** @description Value must be a valid boolean */
                    phoneVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                    queries?: unknown;
                    /** @description Value must be a valid boolean */
                    status?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 1000 IDs */
                    userIds?: string[];
                };
            };
        };
        responses: {
            /** @description BulkResult */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdEmail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid email address */
                    email: "" | string;
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PersonExport */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersUserIdIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char
                     * @default unique()
                     */
                    identityId?: "unique()" | string;
                    /** @description Value must be the name of a provider, such as github: at most 64 of a-z, 0-9, hyphen and underscore */
                    provider: string;
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    providerEmail?: string;
                    /** @description Value must be a valid string and at least 1 chars and no longer than 255 chars */
                    providerUid: string;
                };
            };
        };
        responses: {
            /** @description Identity */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdImpersonator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid boolean */
                    impersonator: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersUserIdJwts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid range between 0 and 3,600
                     * @default 900
                     */
                    duration?: number | string;
                    /** @description Invalid type: Expected ("recent" | string) but received symbol */
                    sessionId?: "recent" | string;
                };
            };
        };
        responses: {
            /** @description JWT */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JWT"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putUsersUserIdLabels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be an array of at most 1000 labels, each of 1 to 36 letters and digits */
                    labels: string[];
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdLogs: {
        parameters: {
            query?: {
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description LogList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdMemberships: {
        parameters: {
            query?: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                cursor?: string;
                /** @description Value must be one of (after, before) */
                cursorDirection?: string;
                /** @description Value must be a valid range between 0 and 100 */
                limit?: number | string;
                /** @description Value must be a valid range between 0 and 5,000 */
                offset?: number | string;
                /** @description Value must be one of (ASC, DESC) */
                orderType?: "ASC" | "DESC";
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MembershipList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdMfa: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid boolean */
                    mfa: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersUserIdMfaAuthenticatorsType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Value must be one of (totp) */
                type: "totp";
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdMfaFactors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MfaFactors */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaFactors"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdMfaRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MfaRecoveryCodes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaRecoveryCodes"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putUsersUserIdMfaRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MfaRecoveryCodes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaRecoveryCodes"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdMfaRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description MfaRecoveryCodes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaRecoveryCodes"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and no longer than 128 chars */
                    name: string;
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Password must be between 8 and 256 characters long. */
                    password: "" | string;
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Phone number must start with a '+' and have 7 to 15 digits, the first not zero */
                    number: "" | string;
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdPrefs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid object. */
                    prefs: Record<string, unknown>;
                };
            };
        };
        responses: {
            /** @description Preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdSessions: {
        parameters: {
            query?: {
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description SessionList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersUserIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersUserIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersUserIdSessionsSessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                sessionId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid boolean */
                    status: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdTargets: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description TargetList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersUserIdTargets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and at least 1 chars and no longer than 255 chars */
                    identifier: string;
                    /** @description Value must be a valid string and no longer than 128 chars */
                    name?: string;
                    /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    providerId?: string;
                    /**
                     * @description Value must be one of (email, sms, push)
                     * @enum {string}
                     */
                    providerType: "email" | "sms" | "push";
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    targetId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description Target */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUserIdTargetsTargetId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                targetId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Target */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersUserIdTargetsTargetId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                targetId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdTargetsTargetId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                targetId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and at least 1 chars and no longer than 255 chars */
                    identifier?: string;
                    /** @description Value must be a valid string and no longer than 128 chars */
                    name?: string;
                    /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    providerId?: string;
                };
            };
        };
        responses: {
            /** @description Target */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersUserIdTokens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid range between 60 and 31,536,000
                     * @default 900
                     */
                    expire?: number | string;
                    /**
                     * @description Value must be a valid range between 4 and 128
                     * @default 6
                     */
                    length?: number | string;
                };
            };
        };
        responses: {
            /** @description Token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid boolean */
                    emailVerification: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchUsersUserIdVerificationPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid boolean */
                    phoneVerification: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                };
            };
        };
        responses: {
            /** @description User */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersArgon2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersBcrypt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersExport: {
        parameters: {
            query?: {
                /** @description Value must be one of (ndjson, csv) */
                format?: "ndjson" | "csv";
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description DirectoryRow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["DirectoryRow"];
                    "text/csv": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersIdentities: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid string and no longer than 256 chars */
                search?: string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description IdentityList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUsersIdentitiesIdentityId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                identityId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersImport: {
        parameters: {
            query?: {
                /** @description Value must be a valid boolean */
                createTeams?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                /** @description Value must be a valid boolean */
                dryRun?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                /** @description Value must be one of (fail, skip, overwrite) */
                onDuplicate?: "fail" | "skip" | "overwrite";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000 rows and 8388608 bytes: a JSON object a line, or a JSON array of them. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value must be a valid date and time in ISO 8601 */
                    accessedAt?: "" | string;
                    /**
                     * @description Value must be one of (argon2, bcrypt, md5, phpass, scrypt, scryptMod, sha, better-auth)
                     * @enum {string}
                     */
                    algorithm?: "argon2" | "bcrypt" | "md5" | "phpass" | "scrypt" | "scryptMod" | "sha" | "better-auth";
                    /** @description Value must be a valid email address */
                    email?: "" | string;
                    /** @description Value must be a valid boolean */
                    emailVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a hash */
                    hash?: string;
                    /** @description Value must be an object: the options of the hash */
                    hashOptions?: {
                        costCpu?: (number | string) | null;
                        costMemory?: (number | string) | null;
                        costParallel?: (number | string) | null;
                        length?: (number | string) | null;
                        normalization?: "NFKC" | null;
                        salt?: string | null;
                        saltSeparator?: string | null;
                        signerKey?: string | null;
                        version?: string | null;
                    };
                    /** @description Value must be an array of at most 1000 objects: provider, providerUid, and as wanted identityId, providerEmail */
                    identities?: {
                        /** @default unique() */
                        identityId?: ("unique()" | string) | null;
                        provider: string;
                        providerEmail?: ("" | string) | null;
                        providerUid: string;
                    }[];
                    /** @description Value must be a valid boolean */
                    impersonator?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 1000 labels, each of 1 to 36 letters and digits */
                    labels?: string[];
                    /** @description Value must be an array of at most 1000 objects: teamId, and as wanted roles, teamName, membershipId, confirm */
                    memberships?: {
                        confirm?: (boolean | ("true" | "1" | 1) | ("false" | "0" | 0)) | null;
                        /** @default unique() */
                        membershipId?: ("unique()" | string) | null;
                        roles?: string[] | null;
                        teamId: string;
                        teamName?: string | null;
                    }[];
                    /** @description Value must be a valid boolean */
                    mfa?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid string and no longer than 128 chars */
                    name?: string;
                    /** @description Password must be between 8 and 256 characters long. */
                    password?: string;
                    /** @description Value must be a valid date and time in ISO 8601 */
                    passwordUpdate?: "" | string;
                    /** @description Phone number must start with a '+' and have 7 to 15 digits, the first not zero */
                    phone?: "" | string;
                    /** @description Value must be a valid boolean */
                    phoneVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid object. */
                    prefs?: Record<string, unknown>;
                    /** @description Value must be a valid date and time in ISO 8601 */
                    registration?: "" | string;
                    /** @description Value must be a valid boolean */
                    status?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 1000 objects: providerType (email, sms or push), identifier, and as wanted targetId, providerId, name, expired */
                    targets?: {
                        expired?: (boolean | ("true" | "1" | 1) | ("false" | "0" | 0)) | null;
                        identifier: string;
                        name?: string | null;
                        providerId?: string | null;
                        /** @enum {string} */
                        providerType: "email" | "sms" | "push";
                        targetId?: ("unique()" | string) | null;
                    }[];
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId?: "unique()" | string;
                }[];
                "application/x-ndjson": {
                    /** @description Value must be a valid date and time in ISO 8601 */
                    accessedAt?: "" | string;
                    /**
                     * @description Value must be one of (argon2, bcrypt, md5, phpass, scrypt, scryptMod, sha, better-auth)
                     * @enum {string}
                     */
                    algorithm?: "argon2" | "bcrypt" | "md5" | "phpass" | "scrypt" | "scryptMod" | "sha" | "better-auth";
                    /** @description Value must be a valid email address */
                    email?: "" | string;
                    /** @description Value must be a valid boolean */
                    emailVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a hash */
                    hash?: string;
                    /** @description Value must be an object: the options of the hash */
                    hashOptions?: {
                        costCpu?: (number | string) | null;
                        costMemory?: (number | string) | null;
                        costParallel?: (number | string) | null;
                        length?: (number | string) | null;
                        normalization?: "NFKC" | null;
                        salt?: string | null;
                        saltSeparator?: string | null;
                        signerKey?: string | null;
                        version?: string | null;
                    };
                    /** @description Value must be an array of at most 1000 objects: provider, providerUid, and as wanted identityId, providerEmail */
                    identities?: {
                        /** @default unique() */
                        identityId?: ("unique()" | string) | null;
                        provider: string;
                        providerEmail?: ("" | string) | null;
                        providerUid: string;
                    }[];
                    /** @description Value must be a valid boolean */
                    impersonator?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 1000 labels, each of 1 to 36 letters and digits */
                    labels?: string[];
                    /** @description Value must be an array of at most 1000 objects: teamId, and as wanted roles, teamName, membershipId, confirm */
                    memberships?: {
                        confirm?: (boolean | ("true" | "1" | 1) | ("false" | "0" | 0)) | null;
                        /** @default unique() */
                        membershipId?: ("unique()" | string) | null;
                        roles?: string[] | null;
                        teamId: string;
                        teamName?: string | null;
                    }[];
                    /** @description Value must be a valid boolean */
                    mfa?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid string and no longer than 128 chars */
                    name?: string;
                    /** @description Password must be between 8 and 256 characters long. */
                    password?: string;
                    /** @description Value must be a valid date and time in ISO 8601 */
                    passwordUpdate?: "" | string;
                    /** @description Phone number must start with a '+' and have 7 to 15 digits, the first not zero */
                    phone?: "" | string;
                    /** @description Value must be a valid boolean */
                    phoneVerification?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid object. */
                    prefs?: Record<string, unknown>;
                    /** @description Value must be a valid date and time in ISO 8601 */
                    registration?: "" | string;
                    /** @description Value must be a valid boolean */
                    status?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 1000 objects: providerType (email, sms or push), identifier, and as wanted targetId, providerId, name, expired */
                    targets?: {
                        expired?: (boolean | ("true" | "1" | 1) | ("false" | "0" | 0)) | null;
                        identifier: string;
                        name?: string | null;
                        providerId?: string | null;
                        /** @enum {string} */
                        providerType: "email" | "sms" | "push";
                        targetId?: ("unique()" | string) | null;
                    }[];
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId?: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description ImportLine */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ImportLine"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersMd5: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersPhpass: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersScrypt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Value must be a valid range between 1 and 2,147,483,647 */
                    passwordCpu: number | string;
                    /** @description Value must be a valid range between 1 and 2,147,483,647 */
                    passwordLength: number | string;
                    /** @description Value must be a valid range between 1 and 2,147,483,647 */
                    passwordMemory: number | string;
                    /** @description Value must be a valid range between 1 and 2,147,483,647 */
                    passwordParallel: number | string;
                    /** @description Value must be a string */
                    passwordSalt: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersScryptModified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Value must be a string */
                    passwordSalt: string;
                    /** @description Value must be a string */
                    passwordSaltSeparator: string;
                    /** @description Value must be a string */
                    passwordSignerKey: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postUsersSha: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description Value must be a valid email address
                     */
                    email: string;
                    /**
                     * @description Value must be a valid string and no longer than 128 chars
                     * @default
                     */
                    name?: string;
                    /** @description Value must be a hash */
                    password: string;
                    /** @description Value must be a string */
                    passwordVersion?: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    userId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description User */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsersUsage: {
        parameters: {
            query?: {
                /** @description Value must be the name of a session provider, such as email, token, server, anonymous or oauth-github */
                provider?: string;
                /** @description Value must be one of (24h, 7d, 30d, 90d) */
                range?: "24h" | "7d" | "30d" | "90d";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UsageUsers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageUsers"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebhookList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid string and no longer than 256 chars
                     * @default
                     */
                    authPassword?: string;
                    /**
                     * @description Value must be a valid string and no longer than 256 chars
                     * @default
                     */
                    authUsername?: string;
                    /**
                     * @description Value must be a valid boolean
                     * @default true
                     */
                    enabled?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 100 patterns of events, such as users.*.create */
                    events: string[];
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                    /** @description Value must be a valid string and at least 8 chars and no longer than 256 chars */
                    secret?: string;
                    /**
                     * @description Value must be a valid boolean
                     * @default false
                     */
                    tls?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid URL (http, https), without a user name, a password or a fragment */
                    url: string;
                    /** @description Parameter must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                    webhookId: "unique()" | string;
                };
            };
        };
        responses: {
            /** @description Webhook */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Value must be a valid string and no longer than 256 chars
                     * @default
                     */
                    authPassword?: string;
                    /**
                     * @description Value must be a valid string and no longer than 256 chars
                     * @default
                     */
                    authUsername?: string;
                    /**
                     * @description Value must be a valid boolean
                     * @default true
                     */
                    enabled?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be an array of at most 100 patterns of events, such as users.*.create */
                    events: string[];
                    /** @description Value must be a valid string and at least 1 chars and no longer than 128 chars */
                    name: string;
                    /**
                     * @description Value must be a valid boolean
                     * @default false
                     */
                    tls?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
                    /** @description Value must be a valid URL (http, https), without a user name, a password or a fragment */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhooksWebhookIdDeliveries: {
        parameters: {
            query?: {
                /** @description Value must be an array of at most 100 queries of at most 4096 characters each */
                queries?: string[] | string;
                /** @description Value must be a valid boolean */
                total?: boolean | ("true" | "1" | 1) | ("false" | "0" | 0);
            };
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebhookDeliveryList */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhooksWebhookIdDeliveriesDeliveryIdRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                deliveryId: string;
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebhookDelivery */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhooksWebhookIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Value must be a valid range between 0 and 9,007,199,254,740,991 */
                    sequence?: number | string;
                    /**
                     * Format: date-time
                     * @description Value must be a valid ISO 8601 date with time and offset, such as 2030-01-31T12:00:00.000+00:00
                     */
                    time?: string;
                };
            };
        };
        responses: {
            /** @description WebhookReplay */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patchWebhooksWebhookIdSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description Value must be a valid string and at least 8 chars and no longer than 256 chars */
                    secret?: string;
                };
            };
        };
        responses: {
            /** @description Webhook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    postWebhooksWebhookIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description UID must contain at most 36 chars. Valid chars are a-z, A-Z, 0-9, period, hyphen, and underscore. Can't start with a special char */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebhookDelivery */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
