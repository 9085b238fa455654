# fish completion for flip-edge(1). The program itself tells what may stand there, so that this can't grow stale.
function __flip_edge_suggest
    set -l line (commandline -cp)
    flip-edge "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -v -r '^[/-][?h]$'
end
complete -c flip-edge -a '(__flip_edge_suggest)'
