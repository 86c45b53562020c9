internal import Mapping

extension Planner {
    /// Aggregations of addresses.
    func addresses(_ kind: Aggregation.Kind) throws(PlanningError) -> AggregationPlan.Kind {
        switch kind {
        case .addressRange(let addresses):
            let source = try self.addresses(addresses.field, "ip_range")
            var ranges: [AddressRangePlan.Range] = []
            for range in addresses.ranges {
                let key = range.key ?? "\(range.from?.description ?? "*")-\(range.to?.description ?? "*")"
                let query = Query(
                    .range(
                        RangeQuery(
                            field: addresses.field, lower: range.from.map { .init(.string($0.description), isInclusive: true) },
                            upper: range.to.map { .init(.string($0.description), isInclusive: false) })))
                ranges.append(.init(key: key, from: range.from, to: range.to, plan: try plan(query)))
            }
            // Elasticsearch answers in the order of the addresses.
            let ordered = ranges.enumerated().sorted { first, second in
                let left = (first.element.from?.term ?? "", first.element.to?.term ?? "g", first.offset)
                return left < (second.element.from?.term ?? "", second.element.to?.term ?? "g", second.offset)
            }
            return .addressRanges(AddressRangePlan(source: source, ranges: ordered.map(\.element), isKeyed: addresses.isKeyed))
        case .addressPrefix(let prefix):
            return .addressPrefix(AddressPrefixPlan(source: try self.addresses(prefix.field, "ip_prefix"), prefix: prefix))
        default: return .global
        }
    }

    private func addresses(_ field: String, _ aggregation: String) throws(PlanningError) -> ValuesSource {
        let source = try source(field, aggregation)
        guard !source.isMapped || source.format == .coded(.address) else { throw notSupported(source, aggregation) }
        return source
    }
}
