internal import FieldIndex
internal import Scripts

extension ScriptedSimilarity {
    /// `script.source` and `weight_script.source` of a similarity.
    ///
    /// - Throws: `ScriptError` where they cannot be read, or not be run.
    init(source: String, weightSource: String?) throws(ScriptError) {
        let script = try SimilarityScript(Script(source))
        let weight = try weightSource.map { source throws(ScriptError) in try SimilarityScript(Script(source), isWeight: true) }
        // What fails for any document shall not wait for the first.
        var sample = Inputs(documents: 100, postings: 1000, occurrences: 2000, termDocuments: 10, termOccurrences: 20)
        (sample.frequency, sample.length) = (2, 20)
        if let weight { sample.weight = try weight.value(sample, isWeight: true) }
        _ = try script.value(sample)
        var weighing: (@Sendable (Inputs) -> Double?)?
        if let weight { weighing = { try? weight.value($0, isWeight: true) } }
        self.init(texts: [source, weightSource ?? ""], weight: weighing) { try? script.value($0) }
    }
}

extension SimilarityScript {
    fileprivate func value(_ inputs: ScriptedSimilarity.Inputs, isWeight: Bool = false) throws(ScriptError) -> Double {
        let counts = [
            "field": ["docCount": inputs.documents, "sumDocFreq": inputs.postings, "sumTotalTermFreq": inputs.occurrences],
            "term": ["docFreq": inputs.termDocuments, "totalTermFreq": inputs.termOccurrences],
        ]
        var numbers = ["query": ["boost": inputs.boost]]
        if !isWeight { numbers["doc"] = ["freq": inputs.frequency, "length": inputs.length] }
        return try value(counts: counts, numbers: numbers, weight: inputs.weight)
    }
}
