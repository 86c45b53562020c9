internal import Indices

extension ElasticsearchError {
    init(_ problem: ResizeProblem) {
        switch problem {
        case .notReadOnly(let index):
            self.init(
                status: 500, "illegal_state_exception",
                "index \(index) must be read-only to resize index. use \"index.blocks.write=true\"")
        case .cloneOfOtherCount(let source, let target):
            self = .illegalArgument(
                "the number of target shards (\(target)) must be the same as the number of  source shards ( \(source))")
        case .splitWithoutCount: self = .validation(["index.number_of_shards is required for split operations"])
        case .notFewer(let source, let target):
            self = .illegalArgument(
                "the number of target shards [\(target)] must be less that the number of source shards [\(source)]")
        case .notMore(let source, let target):
            self = .illegalArgument(
                "the number of source shards [\(source)] must be less that the number of target shards [\(target)]")
        case .notAFactor(let source, let target):
            self = .illegalArgument("the number of source shards [\(source)] must be a factor of [\(target)]")
        case .notAMultiple(let source, let target):
            self = .illegalArgument("the number of source shards [\(source)] must be a multiple of [\(target)]")
        case .notOfRoutingShards(let count, let target):
            self.init(
                status: 500, "illegal_state_exception",
                "the number of routing shards [\(count)] must be a multiple of the target shards [\(target)]")
        case .shardSizeNotTaken: self = .validation(["max_primary_shard_size can only be specified for shrink operations"])
        case .countAndShardSize:
            self = .illegalArgument("Cannot set both index.number_of_shards and max_primary_shard_size for the target index")
        case .routingShardsNotTaken: self = .illegalArgument("cannot provide index.number_of_routing_shards on resize")
        case .cancelled: self.init(status: 400, "task_cancelled_exception", "task cancelled [by user request]")
        }
    }
}
