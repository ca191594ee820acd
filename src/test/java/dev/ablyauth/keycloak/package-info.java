/**
 * A real identity provider: Keycloak in a process of its own, with its login, its keys
 * and its faults.
 */
@NullMarked
package dev.ablyauth.keycloak;

import org.jspecify.annotations.NullMarked;
