/// Reads a bucket's number for a pipeline.
struct BucketValue {
    let values: AggregationValues
    let subplans: [AggregationPlan]
    let gapPolicy: PipelineAggregation.GapPolicy

    /// - Returns: not a number where there is a gap that is skipped.
    /// - Throws: `AggregationFault.invalidPath`.
    func read(_ path: ArraySlice<String>, _ row: AggregationRow) throws(AggregationFault) -> Double {
        if path.elementsEqual(["_count"]) { return Double(row.count) }
        if path.elementsEqual(["_key"]), let number = Double(row.key) { return number }
        if path.elementsEqual(["_key"]) { return row.place }
        let value: Double
        switch values.find(path, in: row.results, subplans) {
        case .number(let number): value = number
        case .several(let name):
            throw .invalidPath(
                "buckets_path must reference either a number value or a single value numeric metric aggregation, but [\(name)] "
                    + "contains multiple values. Please specify which to use.")
        case .other(let type, let name):
            throw .invalidPath(
                "buckets_path must reference either a number value or a single value numeric metric aggregation, got: [\(type)] at "
                    + "aggregation [\(name)]")
        case .nothing:
            throw .invalidPath("Cannot find an aggregation named [\(path.first ?? "")]")
        }
        let isGap = !value.isFinite || row.count == 0 && path.last != "_count"
        guard isGap else { return value }
        switch gapPolicy {
        case .skip: return .nan
        case .insertZeros: return 0
        case .keepValues: return value.isFinite ? value : .nan
        }
    }
}
