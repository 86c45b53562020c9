internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts

/// Scores by functions.
extension Explainer {
    func explain(_ function: FunctionScorePlan, _ plan: QueryPlan, _ boost: Float) throws(ShardError) -> Explanation {
        let inner = try explain(function.query)
        guard inner.isMatch else { return inner }
        func value(_ functions: [FunctionScorePlan.Function]) throws(ShardError) -> Float {
            var alone = function
            alone.functions = functions
            alone.boostMode = .replace
            alone.minimumScore = nil
            return try score(.functionScore(alone), 1) ?? 0
        }
        var details: [Explanation] = []
        for part in function.functions {
            if let filter = part.filter, try score(filter, 1) == nil { continue }
            details.append(
                Explanation(
                    try value([part]), "function score, product of:",
                    [Explanation(1, "match filter: \(part.filter?.notation ?? "*:*")"), Explanation(try value([part]), part.kind.words)]))
        }
        let factor = Explanation(
            try value(function.functions), "function score, score mode [\(function.scoreMode.rawValue)]", details)
        let limited = Explanation(
            min(factor.score, function.maximumBoost), "min of:", [factor, Explanation(function.maximumBoost, "maxBoost")])
        guard let score = try score(plan, boost) else { return .noMatch("Score value is too low, expected at least", [inner, limited]) }
        let words =
            switch function.boostMode {
            case .multiply: "function score, product of:"
            case .sum: "sum of"
            case .avg: "avg of"
            case .min: "min of"
            case .max: "max of"
            case .replace: "min of:"
            }
        return Explanation(score, words, function.boostMode == .replace ? [factor] : [inner, limited])
    }
}

extension FunctionScorePlan.Kind {
    fileprivate var words: String {
        switch self {
        case .weight: "constant score 1.0 - no function provided"
        case .random(let seed, let field):
            "random score function (seed: \(seed)\(field.map { ", field: \($0)" } ?? ""))"
        case .fieldValue(let function, _):
            "field value function: \(function.modifier.rawValue)(doc['\(function.field)'].value * factor=\(function.factor))"
        case .decay(let decay): "Function for field \(decay.field):"
        case .script(let script):
            "script score function, computed with script:\"\(script.script.words)\""
        }
    }
}

extension ScoreScript {
    var words: String {
        "Script{type=inline, lang='\(script.language.rawValue)', idOrCode='\(script.source)', options={}, params={}}"
    }
}
