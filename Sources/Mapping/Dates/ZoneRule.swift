internal import Dates
internal import Foundation

/// A time zone: a fixed offset, or a name whose rules change with the seasons.
public struct ZoneRule: Equatable, Sendable {
    /// Of a fixed offset, in seconds east of Greenwich.
    private let seconds: Int
    private let zone: TimeZone?

    public static let utc = ZoneRule(seconds: 0)

    public init(seconds: Int) {
        self.seconds = seconds
        zone = nil
    }

    /// - Returns: nil for a name that is not known.
    public init?(_ name: String) {
        if let seconds = ZoneOffset.seconds(name) {
            self.init(seconds: seconds)
            return
        }
        guard name.contains("/") || Self.plainNames.contains(name), let zone = TimeZone(identifier: name) else { return nil }
        self.init(zone: zone)
    }

    private init(zone: TimeZone) {
        seconds = 0
        self.zone = zone
    }

    /// Names without an area, as Java knows them.
    private static let plainNames: Set<String> = [
        "CET", "MET", "WET", "EET", "EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Japan", "Singapore", "Turkey",
    ]

    /// Seconds east of Greenwich at a moment, in milliseconds since 1970.
    public func seconds(at moment: Int64) -> Int {
        zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment) / 1000)) ?? seconds
    }

    /// What clocks there show, as if it were UTC.
    public func local(_ moment: Int64) -> Int64 { moment &+ Int64(seconds(at: moment)) * 1000 }

    /// The moment at which clocks there show something; the first if they show it twice.
    public func moment(ofLocal local: Int64) -> Int64 {
        guard zone != nil else { return local &- Int64(seconds) * 1000 }
        // A day before and after have between them the offset that holds.
        let before = Int64(seconds(at: local &- 86_400_000)) * 1000, after = Int64(seconds(at: local &+ 86_400_000)) * 1000
        for offset in [before, after] where Int64(seconds(at: local &- offset)) * 1000 == offset { return local &- offset }
        // Clocks skip it: what they show after it.
        return local &- min(before, after)
    }
}
