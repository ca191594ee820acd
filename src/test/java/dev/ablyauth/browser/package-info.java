/**
 * A real browser: pages of the app, pages of somebody else, and the page of the dev mode.
 */
@NullMarked
package dev.ablyauth.browser;

import org.jspecify.annotations.NullMarked;
