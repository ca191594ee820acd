/**
 * An app of somebody else, outside of the packages of this server.
 */
@NullMarked
package com.example.sampleapp;

import org.jspecify.annotations.NullMarked;
