package dev.ablyauth.web;

import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.dao.DataAccessException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.core.AuthenticationException;

/**
 * Knows whether the app around the rooms could not tell who is signed in, which is an
 * outage and says nothing of the user. Many security chains answer it as they answer a
 * wrong password.
 */
final class AppOutages implements ApplicationListener<AuthenticationFailureServiceExceptionEvent> {

	private final ThreadLocal<Boolean> happened = ThreadLocal.withInitial(() -> false);

	/** Published by Spring Security in the thread of the request. */
	@Override
	public void onApplicationEvent(AuthenticationFailureServiceExceptionEvent event) {
		this.happened.set(true);
	}

	/** Begins to look, for the request of this thread. */
	void forget() {
		this.happened.remove();
	}

	/** What the app's 401 means. */
	Refused orDown(Refused refused) {
		return (refused.reason() == Reason.NO_SESSION && this.happened.get()) ? down() : refused;
	}

	/**
	 * What it means that the security chain of the app threw something; empty for a bug.
	 */
	static Optional<Refused> of(Throwable failure) {
		for (@Nullable
		Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AuthenticationServiceException || cause instanceof DataAccessException) {
				return Optional.of(down());
			}
			if (cause instanceof AuthenticationException) {
				return Optional.of(TokenResponse.notSignedIn());
			}
			if (cause instanceof AccessDeniedException) {
				return Optional.of(TokenResponse.notLetThrough());
			}
		}
		return Optional.empty();
	}

	private static Refused down() {
		return new Refused(Reason.SESSION_SOURCE_DOWN, "The app cannot tell at this moment who is signed in.");
	}

}
