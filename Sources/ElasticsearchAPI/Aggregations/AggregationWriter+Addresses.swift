internal import JSON
internal import Mapping
internal import Query

extension AggregationWriter {
    func addressRanges(
        _ addresses: AddressRangePlan, _ slots: [AggregationResult.Slot], _ content: (AggregationResult.Slot) -> Members
    ) -> Members {
        let buckets = slots.compactMap { slot -> (String, Members)? in
            guard addresses.ranges.indices.contains(slot.index) else { return nil }
            let range = addresses.ranges[slot.index]
            var members: Members = addresses.isKeyed ? [] : [("key", .string(range.key))]
            if let from = range.from { members.append(("from", .string(from.description))) }
            if let to = range.to { members.append(("to", .string(to.description))) }
            return (range.key, members + content(slot))
        }
        if addresses.isKeyed { return [("buckets", .object(JSONMembers(buckets.map { ($0, .object(JSONMembers($1))) })))] }
        return [("buckets", .array(buckets.map { .object(JSONMembers($1)) }))]
    }

    func addressPrefix(
        _ addresses: AddressPrefixPlan, _ buckets: [AggregationResult.Bucket], _ content: (AggregationResult.Bucket) -> Members
    ) -> Members {
        let prefix = addresses.prefix
        let written = buckets.map { bucket -> (String, Members) in
            var key = ""
            if case .string(let term) = bucket.key { key = addresses.text(term) }
            var members: Members = prefix.isKeyed ? [] : [("key", .string(key))]
            members += [("is_ipv6", .bool(prefix.isVersion6)), ("doc_count", .int(bucket.count)), ("prefix_length", .int(prefix.length))]
            if !prefix.isVersion6 { members.append(("netmask", .string(IPAddress.netmask(prefix.length)))) }
            return (key, members + content(bucket))
        }
        if prefix.isKeyed { return [("buckets", .object(JSONMembers(written.map { ($0, .object(JSONMembers($1))) })))] }
        return [("buckets", .array(written.map { .object(JSONMembers($1)) }))]
    }

    /// Where Java's hash map keeps a text.
    private static func place(_ text: String, among count: Int) -> UInt32 {
        let hash = text.utf16.reduce(0 as UInt32) { $0 &* 31 &+ UInt32($1) }
        var size: UInt32 = 16
        while Int(size) * 3 / 4 < count { size *= 2 }
        return (hash ^ hash >> 16) & (size - 1)
    }

    func matrix(_ plan: MatrixStatisticsPlan, _ summary: MatrixSummary) -> Members {
        guard summary.count > 0 else { return [("doc_count", 0)] }
        func shown(_ value: Double?) -> JSONValue { value.map { $0.isFinite ? .double($0) : .string("NaN") } ?? .string("NaN") }
        let names = plan.sources.map(\.field)
        func row(_ value: (Int) -> Double?) -> JSONValue {
            .object(JSONMembers(names.indices.map { (names[$0], shown(value($0))) }))
        }
        // In the order of Elasticsearch's hash map.
        let order = names.indices.sorted { (Self.place(names[$0], among: names.count), $0) < (Self.place(names[$1], among: names.count), $1) }
        let fields = order.map { index -> JSONValue in
            [
                "name": .string(names[index]), "count": .int(summary.count), "mean": shown(summary.means[index]),
                "variance": shown(summary.variance(index)), "skewness": shown(summary.skewness(index)),
                "kurtosis": shown(summary.kurtosis(index)), "covariance": row { summary.covariance(index, $0) },
                "correlation": row { summary.correlation(index, $0) },
            ]
        }
        return [("doc_count", .int(summary.count)), ("fields", .array(fields))]
    }
}
