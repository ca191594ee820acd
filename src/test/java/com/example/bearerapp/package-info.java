/**
 * Another app of somebody else, which signs nobody in and takes the tokens of a login
 * service.
 */
@NullMarked
package com.example.bearerapp;

import org.jspecify.annotations.NullMarked;
