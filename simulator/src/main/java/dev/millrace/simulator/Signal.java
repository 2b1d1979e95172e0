package dev.millrace.simulator;

import java.time.LocalTime;
import java.util.Optional;

/// What the sensors of one kind read: base + daily cycle + what their place shares + slow drift of
/// their own + noise. All sizes are in the unit; standard deviations where not said otherwise.
///
/// @param kind name of the signal; the kind of reading where the feed has that role
/// @param sensors how many there are
/// @param spread between the sensors' own bases
/// @param daily half of a day's swing, not a deviation; below 0 the low is at the peak hour
/// @param peak time of day (UTC) of the daily high
/// @param zone what the sensors of a place share; below 0 it goes against the other kinds
/// @param drift a sensor's own wandering over days
/// @param noise from reading to reading
/// @param spikeLow least jump of a spike
/// @param spikeHigh furthest jump of a spike
/// @param decimals of the values written
public record Signal(
    String kind,
    int sensors,
    Optional<String> unit,
    double base,
    double spread,
    double daily,
    LocalTime peak,
    double zone,
    double drift,
    double noise,
    double spikeLow,
    double spikeHigh,
    int decimals) {}
