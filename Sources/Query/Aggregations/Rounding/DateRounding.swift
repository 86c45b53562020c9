internal import Dates
public import Mapping

/// Brings moments down to the beginning of an interval.
public struct DateRounding: Equatable, Sendable {
    public var interval: DateInterval
    /// Milliseconds that intervals begin later by.
    public var offset: Int64
    /// Whose days and months they are.
    public var zone: ZoneRule

    public init(interval: DateInterval, offset: Int64 = 0, zone: ZoneRule = .utc) {
        self.interval = interval
        self.offset = offset
        self.zone = zone
    }

    /// The beginning of the interval that a moment lies in.
    public func start(of moment: Int64) -> Int64 {
        // Beyond, calendars have no days.
        let shifted = moment &- offset
        guard Self.moments.contains(moment), Self.moments.contains(shifted) else { return moment }
        return zone.moment(ofLocal: start(ofLocal: zone.local(shifted))) &+ offset
    }

    /// The beginning of the next interval.
    public func next(after start: Int64) -> Int64 {
        let shifted = start &- offset
        guard Self.moments.contains(start), Self.moments.contains(shifted) else { return start }
        return zone.moment(ofLocal: nextLocal(after: zone.local(shifted))) &+ offset
    }

    /// How long the interval is that begins at a moment, in milliseconds.
    public func length(from start: Int64) -> Double { Double(next(after: start) &- start) }

    private func start(ofLocal moment: Int64) -> Int64 {
        switch interval {
        case .milliseconds(let length): moment.flooredDown(to: length)
        case .minute: moment.flooredDown(to: 60_000)
        case .hour: moment.flooredDown(to: 3_600_000)
        case .day: moment.flooredDown(to: Self.day)
        // The first Monday was the fourth day.
        case .week: (moment - 4 * Self.day).flooredDown(to: 7 * Self.day) + 4 * Self.day
        case .month: CivilMonth(containing: moment).start
        case .quarter: CivilMonth(containing: moment).rounded(to: 3).start
        case .year: CivilMonth(containing: moment).rounded(to: 12).start
        }
    }

    private func nextLocal(after start: Int64) -> Int64 {
        switch interval {
        case .milliseconds(let length): start &+ length
        case .minute: start + 60_000
        case .hour: start + 3_600_000
        case .day: start + Self.day
        case .week: start + 7 * Self.day
        case .month: CivilMonth(containing: start).adding(1).start
        case .quarter: CivilMonth(containing: start).adding(3).start
        case .year: CivilMonth(containing: start).adding(12).start
        }
    }

    private static let day: Int64 = 86_400_000
    /// Beyond, adding an interval could overflow.
    private static let moments: ClosedRange<Int64> = -8_900_000_000_000_000_000...8_900_000_000_000_000_000
}

extension Int64 {
    fileprivate func flooredDown(to length: Int64) -> Int64 {
        let rest = self % length
        return self - (rest < 0 ? rest + length : rest)
    }
}
