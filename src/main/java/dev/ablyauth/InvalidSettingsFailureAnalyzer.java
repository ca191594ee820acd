package dev.ablyauth;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why an app in which the rooms are embedded does not start. The server itself says
 * it with fewer words.
 */
class InvalidSettingsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
		return new FailureAnalysis(String.join(System.lineSeparator(), cause.problems()),
				"Correct these settings of ably-auth.", cause);
	}

}
