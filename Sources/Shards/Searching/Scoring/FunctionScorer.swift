internal import FieldIndex
internal import Glibc
internal import Ordinals
internal import Query

/// Scores documents by functions of their fields.
struct FunctionScorer {
    let view: ShardView
    let fields: FieldIndexView
    let plan: FunctionScorePlan

    /// - Parameter documents: those of the query's that a function's filter matches.
    /// - Throws: `ShardError.invalidScore`, `.missingFunctionValue`, and what `documents` throws.
    /// - Complexity: O(documents · functions).
    func score(
        _ matches: Matches, _ documents: (QueryPlan) throws(ShardError) -> OrdinalSet
    ) throws(ShardError) -> Matches {
        let ordinals = Array(matches.ordinals), scores = matches.eachScore
        var totals = FunctionTotals(mode: plan.scoreMode, count: ordinals.count)
        for function in plan.functions {
            let affected = try function.filter.map { filter throws(ShardError) in try documents(filter) } ?? matches.ordinals
            let end = matches.ordinals.last.map { Int($0) + 1 } ?? 0
            let values =
                if case .script(let script) = function.kind {
                    Values.each(try scripted(script, of: matches.among(affected), end: end))
                } else { try values(function.kind, of: affected, end: end) }
            let weight = Double(function.weight ?? 1)
            for (rank, ordinal) in ordinals.enumerated() where affected.contains(ordinal) {
                totals.add(values.at(ordinal) * weight, weight: weight, to: rank)
            }
        }
        var results: [Float] = []
        results.reserveCapacity(ordinals.count)
        for rank in ordinals.indices {
            let result = combined(Double(scores[rank]), min(totals.value(rank), Double(plan.maximumBoost)))
            guard result >= 0, Float(result).isFinite else { throw .invalidScore(result) }
            results.append(Float(result))
        }
        let scored = Matches(matches.ordinals, scores: .each(results))
        return plan.minimumScore.map { scored.scoring(atLeast: $0) } ?? scored
    }

    private func combined(_ score: Double, _ factor: Double) -> Double {
        switch plan.boostMode {
        case .multiply: score * factor
        case .replace: factor
        case .sum: score + factor
        case .avg: (score + factor) / 2
        case .max: Swift.max(score, factor)
        case .min: Swift.min(score, factor)
        }
    }

    /// What a script gives, by ordinal.
    private func scripted(_ plan: ScriptScorePlan, of documents: Matches, end: Int) throws(ShardError) -> [Double] {
        var found = [Double](repeating: 0, count: end)
        let scored: Matches
        do throws(ShardError) {
            scored = try ScriptScorer(view: view, plan: plan).score(documents)
        } catch {
            guard case .negativeScore(let score, _) = error else { throw error }
            throw .negativeFunctionScore(score)
        }
        guard case .each(let scores) = scored.scores else { return found }
        for (ordinal, score) in zip(documents.ordinals, scores) { found[Int(ordinal)] = Double(score) }
        return found
    }

    // MARK: Values

    /// Values by ordinal.
    private enum Values {
        case all(Double)
        case random(seed: UInt64)
        case each([Double])

        func at(_ ordinal: UInt32) -> Double {
            switch self {
            case .all(let value): value
            case .random(let seed): RandomValues.fraction(BitMixer.mixed(seed &+ UInt64(ordinal) &* BitMixer.step))
            case .each(let values): values[Int(ordinal)]
            }
        }
    }

    private func values(
        _ kind: FunctionScorePlan.Kind, of documents: OrdinalSet, end: Int
    ) throws(ShardError) -> Values {
        switch kind {
        case .weight: return .all(1)
        case .random(let seed, let field):
            let seed = UInt64(bitPattern: Int64(seed)) &* 0xd134_2543_de82_ef95
            guard let field else { return .random(seed: seed) }
            return .each(RandomValues(seed: seed, fields: fields).numbers(of: field, documents, end: end))
        case .fieldValue(let function, let column):
            let found = numbers(function.field, column, of: documents, end: end) { held, new in
                // The least of several, which ascend.
                held.isNaN ? new : held
            }
            var results = found
            for ordinal in documents {
                let value = found[Int(ordinal)]
                guard let known = value.isNaN ? function.missing : value else {
                    throw .missingFunctionValue(field: function.field)
                }
                let result = function.modifier.apply(known * function.factor)
                guard result.isFinite else { throw .invalidScore(result) }
                results[Int(ordinal)] = result
            }
            return .each(results)
        // Computed from the query's scores.
        case .script: return .all(1)
        case .decay(let decay): return .each(distances(decay, of: documents, end: end).map { decayed(decay, $0) })
        }
    }

    /// A document without the field is at the origin.
    private func decayed(_ decay: DecayPlan, _ distance: Double) -> Double {
        distance.isNaN ? 1 : decay.value(atDistance: distance)
    }

    private func distances(_ decay: DecayPlan, of documents: OrdinalSet, end: Int) -> [Double] {
        var counts = [Int](repeating: 0, count: decay.multiValueMode == .avg ? end : 0)
        var found = [Double](repeating: .nan, count: end)
        func add(_ distance: Double, to ordinal: UInt32) {
            let place = Int(ordinal)
            if decay.multiValueMode == .avg { counts[place] += 1 }
            if found[place].isNaN {
                found[place] = distance
            } else {
                switch decay.multiValueMode {
                case .min: found[place] = Swift.min(found[place], distance)
                case .max: found[place] = Swift.max(found[place], distance)
                case .avg, .sum: found[place] += distance
                }
            }
        }
        switch decay.distance {
        case .fromNumber(let origin, let column):
            eachNumber(decay.field, column, of: documents) { ordinal, value in add(abs(value - origin), to: ordinal) }
        case .fromPlace(let latitude, let longitude):
            for column in fields.points(decay.field) {
                column.forEachBlock(of: documents) { ordinals, points in
                    for (ordinal, bits) in zip(ordinals, points) {
                        let point = EncodedPoint(bits: bits)
                        add(GeoCircle.distance(latitude, longitude, point.latitude, point.longitude), to: ordinal)
                    }
                }
            }
        }
        for (place, count) in counts.enumerated() where count > 1 { found[place] /= Double(count) }
        return found
    }

    private func numbers(
        _ field: String, _ column: FunctionScorePlan.Column, of documents: OrdinalSet, end: Int,
        _ join: (Double, Double) -> Double
    ) -> [Double] {
        var found = [Double](repeating: .nan, count: end)
        eachNumber(field, column, of: documents) { ordinal, value in found[Int(ordinal)] = join(found[Int(ordinal)], value) }
        return found
    }

    private func eachNumber(
        _ field: String, _ column: FunctionScorePlan.Column, of documents: OrdinalSet, _ body: (UInt32, Double) -> Void
    ) {
        for numbers in fields.numbers(field) {
            switch column {
            case .longs(let scale) where !numbers.isFloatingPoint:
                numbers.forEachBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) { body(ordinal, Double(value) * scale) }
                }
            case .doubles where numbers.isFloatingPoint:
                numbers.forEachDoubleBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) { body(ordinal, value) }
                }
            case .longs, .doubles: break
            }
        }
    }
}

extension FieldValueFunction.Modifier {
    fileprivate func apply(_ value: Double) -> Double {
        switch self {
        case .none: value
        case .log: log10(value)
        case .log1p: log10(value + 1)
        case .log2p: log10(value + 2)
        case .ln: Glibc.log(value)
        case .ln1p: Glibc.log1p(value)
        case .ln2p: Glibc.log(value + 2)
        case .square: value * value
        case .sqrt: value.squareRoot()
        case .reciprocal: 1 / value
        }
    }
}
