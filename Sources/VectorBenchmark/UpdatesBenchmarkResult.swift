public import JSON

/// An index before, between and after rounds of updates.
public struct UpdatesBenchmarkResult: Equatable, Sendable {
    /// The index after a round of updates.
    public struct Round: Equatable, Sendable {
        public let recall: Double
        /// Queries a second of one thread after the round, and while it wrote or sealed; nil for a fresh index.
        public let idleQPS: Double
        public let busyQPS: Double?
        public let writesPerSecond: Double?
        /// Of the index's vectors, those in sealed parts.
        public let sealedShare: Double

        var json: JSONValue {
            var members: [(String, JSONValue)] = [
                ("recall", .double(recall.rounded(digits: 4))), ("qps_idle", .double(idleQPS.rounded(digits: 1))),
            ]
            if let busyQPS { members.append(("qps_busy", .double(busyQPS.rounded(digits: 1)))) }
            if let writesPerSecond { members.append(("writes_per_second", .double(writesPerSecond.rounded(digits: 1)))) }
            return .object(JSONMembers(members + [("sealed_share", .double(sealedShare.rounded(digits: 3)))]))
        }
    }

    public let form: VectorBenchmark.Form
    /// Built over the same vectors that each round leaves.
    public let fresh: Round
    public let rounds: [Round]
    /// All sealed into one part after the last round.
    public let sealed: Round

    /// The most recall that a round lost against the fresh index.
    public var lostRecall: Double { rounds.map { fresh.recall - $0.recall }.max() ?? 0 }

    /// The least that remained of a search thread's speed during writes, in proportion to the mean of before and after.
    public var remainingDuringWrites: Double {
        zip([fresh] + rounds, rounds).map { ($1.busyQPS ?? 0) / (($0.idleQPS + $1.idleQPS) / 2) }.min() ?? 1
    }

    /// The same during sealing.
    public var remainingDuringSealing: Double {
        (sealed.busyQPS ?? 0) / (rounds.last ?? fresh).idleQPS
    }

    /// `{"form", "fresh", "rounds": [], "sealed", "lost_recall", "remaining_during_writes", "remaining_during_sealing"}`;
    /// each `{"recall", "qps_idle", "qps_busy", "writes_per_second", "sealed_share"}`.
    public var json: JSONValue {
        [
            "form": .string(form.rawValue), "fresh": fresh.json, "rounds": .array(rounds.map(\.json)), "sealed": sealed.json,
            "lost_recall": .double(lostRecall.rounded(digits: 4)),
            "remaining_during_writes": .double(remainingDuringWrites.rounded(digits: 3)),
            "remaining_during_sealing": .double(remainingDuringSealing.rounded(digits: 3)),
        ]
    }
}
