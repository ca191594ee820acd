/**
 * The doors: what comes in by HTTP, and how it is answered so that Ably's SDKs do the
 * right thing. Knows every room, and no room knows it.
 */
@NullMarked
package dev.ablyauth.web;

import org.jspecify.annotations.NullMarked;
