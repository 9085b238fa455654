# fish completion for flip-edge(1). The program itself tells what may stand there, so that this can't grow stale.
function __flip_edge_suggest
    set -l line (commandline -cp)
    flip-edge "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -v -r '^([/-][?h])?$'
end
# Where it tells nothing, files are meant.
complete -c flip-edge -n 'count (__flip_edge_suggest) > /dev/null' -f -a '(__flip_edge_suggest)'
