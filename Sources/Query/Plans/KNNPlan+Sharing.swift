extension KNNPlan {
    /// This plan for one of several shards that a global top `k` is looked for in.
    ///
    /// Documents are spread over shards by a hash, so of the k nearest about k / shards are here, and more than the mean and
    /// three standard deviations almost never. Where more of them turn up in one shard, as custom routing can bring about,
    /// that shard is to be asked again for all.
    ///
    /// A walk that is to find fewer needs fewer candidates, but not in proportion: each shard's walk has to arrive first. Of
    /// 100,000 sentence vectors, `k` 10 and 100 candidates, 4 shards with 35 candidates each take 1.4 times the time of a
    /// single one and find 0.98 for its 0.99; with 54 each (candidates / √shards), 1.9 times for 0.99.
    public func share(of shards: Int) -> KNNPlan {
        guard shards > 1 else { return self }
        let mean = Double(k) / Double(shards)
        var share = self
        share.k = min(k, Int((mean + 3 * mean.squareRoot()).rounded(.up)) + 1)
        let part = Double(candidates) / Double(shards)
        share.candidates = min(candidates, max(share.k, Self.fewest, Int((part + 2 * part.squareRoot()).rounded(.up))))
        return share
    }

    /// Candidates without which a walk does not find its way.
    private static let fewest = 10
}
