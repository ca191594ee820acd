package dev.ablyauth;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The rooms without the doors: for commands, and for apps that have doors of their own.
 * Not a configuration of the server, which finds its own.
 */
@Import(AuthServerConfiguration.class)
@ComponentScan({ "dev.ablyauth.audit", "dev.ablyauth.issuing", "dev.ablyauth.ops.meters", "dev.ablyauth.policy",
		"dev.ablyauth.rest", "dev.ablyauth.revocation", "dev.ablyauth.session" })
class RoomsConfiguration {

}
