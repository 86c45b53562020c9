internal import Glibc

/// How often a term comes where it is looked for, and where that is compared with.
struct TermFrequencies {
    var subsetFrequency: Double
    var subset: Double
    var supersetFrequency: Double
    var superset: Double
}

extension SignificantTermsAggregation.Heuristic {
    /// How significant a term is that so many have inside and in the background.
    public func score(count: Int, of subset: Int, background: Int, of superset: Int) -> Double {
        score(
            TermFrequencies(
                subsetFrequency: Double(count), subset: Double(subset), supersetFrequency: Double(background),
                superset: Double(superset)))
    }

    /// How significant a term is; nothing or less where it is not.
    ///
    /// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-bucket-significantterms-aggregation
    func score(_ terms: TermFrequencies) -> Double {
        switch self {
        case .jlh:
            guard terms.subset > 0, terms.superset > 0 else { return 0 }
            let inside = terms.subsetFrequency / terms.subset
            let outside = max(terms.supersetFrequency, 1) / terms.superset
            return inside <= outside ? 0 : (inside - outside) * (inside / outside)
        case .percentage: return terms.supersetFrequency > 0 ? terms.subsetFrequency / terms.supersetFrequency : 0
        case .chiSquare(let includesNegatives, let isSuperset):
            let table = Table(terms, isSuperset)
            if !includesNegatives, table.isNegative { return -.greatestFiniteMagnitude }
            let difference = table.both * table.neither - table.only * table.termOnly
            return table.all * difference * difference / (table.inside * table.term * table.noTerm * table.outside)
        case .mutualInformation(let includesNegatives, let isSuperset):
            let table = Table(terms, isSuperset)
            let score =
                table.information(table.neither, table.noTerm, table.outside) + table.information(table.only, table.noTerm, table.inside)
                + table.information(table.termOnly, table.term, table.outside) + table.information(table.both, table.term, table.inside)
            return score.isNaN || !includesNegatives && table.isNegative ? -.greatestFiniteMagnitude : score
        case .googleDistance(let isSuperset):
            let table = Table(terms, isSuperset)
            if table.both == 0 { return 0 }
            if table.term == table.inside, table.inside == table.both { return 1 }
            let distance =
                (max(log(table.term), log(table.inside)) - log(table.both)) / (log(table.all) - min(log(table.term), log(table.inside)))
            return exp(-distance)
        }
    }

    /// Documents by whether they have the term, and by whether they are inside.
    private struct Table {
        let both: Double
        let only: Double
        let termOnly: Double
        let neither: Double

        init(_ terms: TermFrequencies, _ isSuperset: Bool) {
            both = terms.subsetFrequency
            only = terms.subset - terms.subsetFrequency
            termOnly = terms.supersetFrequency - (isSuperset ? terms.subsetFrequency : 0)
            neither = terms.superset - terms.supersetFrequency - (isSuperset ? only : 0)
        }

        var inside: Double { both + only }
        var outside: Double { termOnly + neither }
        var term: Double { both + termOnly }
        var noTerm: Double { only + neither }
        var all: Double { inside + outside }
        /// Rarer inside than outside.
        var isNegative: Bool { both / inside < termOnly / outside }

        func information(_ cell: Double, _ row: Double, _ column: Double) -> Double {
            let numerator = abs(all * cell), factor = abs(cell / all)
            if numerator < 1e-7, factor < 1e-7 { return 0 }
            return factor * log(numerator / abs(row * column)) / log(2)
        }
    }
}
