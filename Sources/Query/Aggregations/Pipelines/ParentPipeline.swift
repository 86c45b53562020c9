internal import Scripts

/// A pipeline that goes through the buckets it stands in.
struct ParentPipeline {
    let values: AggregationValues
    let parent: AggregationPlan
    /// Where its results stand in a bucket's.
    let index: Int
    let plan: PipelinePlan

    private var pipeline: PipelineAggregation { plan.pipeline }
    private var reader: BucketValue {
        BucketValue(values: values, subplans: parent.subplans, gapPolicy: pipeline.gapPolicy)
    }

    func run(_ rows: inout [AggregationRow]) throws(AggregationFault) {
        switch pipeline.kind {
        case .buckets: return
        case .derivative(let unit): try derivative(unit, &rows)
        case .cumulativeSum:
            var sum = MetricSummary()
            for (row, value) in try numbers(rows).enumerated() {
                if value.isFinite { sum.add(value) }
                rows[row].results[index] = .value(.number(sum.sum))
            }
        case .cumulativeCardinality: cumulativeCardinality(&rows)
        case .movingFunction(let function, let window, let shift):
            try moving(&rows, window, shift) { (numbers) throws(AggregationFault) in try run(function, over: numbers) }
        case .movingPercentiles(let window, let shift): movingPercentiles(&rows, window, shift)
        case .serialDifference(let lag):
            let numbers = try numbers(rows)
            for row in rows.indices where row >= lag {
                let difference = numbers[row] - numbers[row - lag]
                if !difference.isNaN { rows[row].results[index] = .value(.number(difference)) }
            }
        case .normalize(let method):
            let numbers = try numbers(rows)
            let normalized = method.normalized(numbers)
            for row in rows.indices { rows[row].results[index] = .value(.number(normalized[row])) }
        case .bucketScript(let script):
            for row in rows.indices {
                let variables = try variables(rows[row])
                if pipeline.gapPolicy != .insertZeros, variables.contains(where: { $0.value.isNaN }) { continue }
                if let value = try run(script, variables) { rows[row].results[index] = .value(.number(value)) }
            }
        case .bucketSelector(let script):
            var kept: [AggregationRow] = []
            for row in rows where try selects(script, row) { kept.append(row) }
            rows = kept
        case .bucketSort(let orders, let from, let size): try sort(&rows, orders, from, size)
        }
    }

    private func numbers(_ rows: [AggregationRow]) throws(AggregationFault) -> [Double] {
        guard let path = pipeline.paths.first?.path.parts else { return rows.map { _ in .nan } }
        var numbers: [Double] = []
        for row in rows { numbers.append(try reader.read(path[...], row)) }
        return numbers
    }

    private func derivative(_ unit: DateInterval?, _ rows: inout [AggregationRow]) throws(AggregationFault) {
        let numbers = try numbers(rows)
        for row in rows.indices.dropFirst() {
            let change = numbers[row] - numbers[row - 1]
            let units = unit?.milliseconds.map { (rows[row].place - rows[row - 1].place) / $0 }
            rows[row].results[index] = .value(.derivative(change, normalized: units.flatMap { $0 > 0 ? change / $0 : nil }))
        }
    }

    private func cumulativeCardinality(_ rows: inout [AggregationRow]) {
        guard let name = pipeline.paths.first?.path.parts.first, let place = parent.subplans.firstIndex(where: { $0.name == name })
        else { return }
        var count = DistinctCount()
        for row in rows.indices {
            if case .distinct(let part) = rows[row].results[place] { count.merge(part) }
            rows[row].results[index] = .value(.whole(count.value))
        }
    }

    /// Over the numbers of the buckets before; those without one are passed over.
    private func moving(
        _ rows: inout [AggregationRow], _ window: Int, _ shift: Int, _ body: ([Double]) throws(AggregationFault) -> PipelineValue
    ) throws(AggregationFault) {
        let numbers = try numbers(rows)
        let all = numbers.filter { !$0.isNaN }
        var position = 0
        for row in rows.indices where !numbers[row].isNaN {
            let end = min(max(position &+ shift, 0), all.count), start = min(max(position &- window &+ shift, 0), end)
            rows[row].results[index] = .value(try body(Array(all[start..<end])))
            position += 1
        }
    }

    private func movingPercentiles(_ rows: inout [AggregationRow], _ window: Int, _ shift: Int) {
        guard let name = pipeline.paths.first?.path.parts.first,
            let place = parent.subplans.firstIndex(where: { $0.name == name }),
            case .quantiles(_, let quantiles) = parent.subplans[place].kind, case .percentiles(let percents) = quantiles.output
        else { return }
        let all = rows.map(\.results[place])
        for row in rows.indices {
            let end = min(max(row &+ shift, 0), all.count), start = min(max(row &- window &+ shift, 0), end)
            var merged = Quantiles(quantiles.method)
            for case .quantiles(let part) in all[start..<end] { merged.merge(part) }
            let found = merged.percentiles(percents)
            rows[row].results[index] = .value(
                .percentiles(zip(percents, found).map { ($0, $1 ?? .nan) }, isKeyed: quantiles.isKeyed))
        }
    }

    // MARK: Scripts

    private func variables(_ row: AggregationRow) throws(AggregationFault) -> [(name: String, value: Double)] {
        var variables: [(name: String, value: Double)] = []
        for (name, path) in pipeline.paths { variables.append((name, try reader.read(path.parts[...], row))) }
        return variables
    }

    private func selects(_ script: ParameterScript, _ row: AggregationRow) throws(AggregationFault) -> Bool {
        do {
            return try script.holds(Dictionary(try variables(row).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
        } catch let error as AggregationFault {
            throw error
        } catch let error as ScriptError {
            throw .script(error)
        } catch {
            return false
        }
    }

    private func run(_ script: ParameterScript, _ variables: [(name: String, value: Double)]) throws(AggregationFault) -> Double? {
        do {
            return try script.number(Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
        } catch {
            throw .script(error)
        }
    }

    private func run(_ script: ParameterScript, over numbers: [Double]) throws(AggregationFault) -> PipelineValue {
        do {
            return .number(try script.number([:], lists: ["values": numbers]) ?? .nan)
        } catch {
            throw .script(error)
        }
    }

    // MARK: Order

    private func sort(_ rows: inout [AggregationRow], _ orders: [BucketOrder], _ from: Int, _ size: Int?) throws(AggregationFault) {
        var keys: [[Double]] = []
        for row in rows {
            var own: [Double] = []
            for order in orders { own.append(try key(order, row)) }
            keys.append(own)
        }
        var places = Array(rows.indices)
        // A bucket without any of the values has no place.
        if pipeline.gapPolicy == .skip, !orders.isEmpty { places.removeAll { place in keys[place].allSatisfy(\.isNaN) } }
        let texts = rows.map(\.key)
        places.sort { left, right in
            for (number, order) in orders.enumerated() {
                if order.key == .key, texts[left] != texts[right], rows[left].place == rows[right].place {
                    return (texts[left].utf8.lexicographicallyPrecedes(texts[right].utf8)) == order.isAscending
                }
                let (a, b) = (keys[left][number], keys[right][number])
                if a == b || a.isNaN && b.isNaN { continue }
                if a.isNaN || b.isNaN { return b.isNaN }
                return (a < b) == order.isAscending
            }
            return left < right
        }
        rows = places.dropFirst(from).prefix(size ?? .max).map { rows[$0] }
    }

    private func key(_ order: BucketOrder, _ row: AggregationRow) throws(AggregationFault) -> Double {
        switch order.key {
        case .count: return Double(row.count)
        case .key: return row.place
        case .metric(let name, let value):
            guard let path = AggregationPath(value.map { "\(name)[\($0)]" } ?? name) else { return .nan }
            return try reader.read(path.parts[...], row)
        }
    }
}
