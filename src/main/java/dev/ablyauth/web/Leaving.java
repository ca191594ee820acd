package dev.ablyauth.web;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Whether the server has said that it goes. Told in the main context alone, and asked at
 * both ports.
 */
final class Leaving implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private volatile boolean has;

	boolean hasBegun() {
		return this.has;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		this.has = event.getState() == ReadinessState.REFUSING_TRAFFIC;
	}

}
